using System.Linq.Expressions;

namespace BpfMaps.Tests;

/// <summary>Queries have the same answers as LINQ over the same elements.</summary>
public sealed class FlowQuestionTests
{
    private static readonly int s_count = SequenceCount.IsSet ? 300 : 2_000;

    private static readonly ulong s_limit = 50_000;

    internal static Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>>[] Predicates()
    {
        ulong limit = s_limit;
        int balance = -5;
        byte hops = 200;
        FlowState state = FlowState.Open;
        Be32 hop = 17;
        bool isAsked = true;
        string name = "bash";
        BpfText<Bytes16> text = "sshd";
        return
        [
            flow => true,
            flow => !isAsked,
            flow => flow.Value.Bytes < limit,
            flow => flow.Value.Bytes >= limit && flow.Value.Bytes % 2 == 0,
            flow => flow.Value.Delta < -3,
            flow => flow.Value.Delta > 0 || flow.Value.Balance <= balance,
            flow => flow.Value.Small > 10 && flow.Value.Tiny < 0,
            flow => flow.Value.Hops > hops,
            flow => flow.Value.State == FlowState.Closed,
            flow => flow.Value.State != state,
            flow => flow.Value.State > FlowState.New,
            flow => (flow.Value.Flags & (FlowFlags.Syn | FlowFlags.Fin)) != 0,
            flow => flow.Value.Flags.HasFlag(FlowFlags.Ack),
            flow => flow.Key.Port == 443,
            flow => flow.Key.Port < 512 && flow.Key.Zone > 1000,
            flow => flow.Key.Address.Value > 100 && flow.Key.Address.NetworkOrder != 0,
            flow => flow.Value.NextHop == hop,
            flow => flow.Value.NextHop > 0x8000_0000,
            flow => flow.Value.Inner.Hits > 5u && flow.Value.Inner.Change / 3 < 100,
            flow => flow.Value.Inner.Change % 7 == -1,
            flow => (flow.Value.Packets >> 3 ^ flow.Value.Bytes) > 1000,
            flow => (flow.Value.Balance >> 2) < -1,
            flow => (flow.Value.Balance << 5) > 64,
            flow => unchecked(flow.Value.Balance * 31 + flow.Value.Small) > 0,
            flow => -flow.Value.Balance == 4,
            flow => (~flow.Value.Inner.Hits & 0xffu) == 3,
            flow => (byte)flow.Value.Packets == 7,
            flow => (short)flow.Value.Balance < 0,
            flow => (ulong)flow.Value.Delta > flow.Value.Packets,
            flow => flow.Value.Packets - flow.Value.Bytes > flow.Value.Bytes + limit,
            flow => flow.Value.Name == "bash",
            flow => flow.Value.Name == name,
            flow => flow.Value.Name != text,
            flow => flow.Value.Name == "",
            flow => flow.Value.Name == "0123456789abcdef",
            flow => flow.Value.Name == "0123456789abcdef and more",
            flow => flow.Value.Name.Equals("grüße"),
            flow => flow.Value.Name.StartsWith("ba"),
            flow => flow.Value.Name.StartsWith(""),
            flow => flow.Value.Name.StartsWith(name) && !flow.Value.Name.IsEmpty,
            flow => !(flow.Value.Retries == 0 && !(flow.Value.Hops < 10 || flow.Value.Tiny >= 0)),
            flow => flow.Value.Retries == 1 == (flow.Value.Hops > 100),
            flow => flow.Value.Retries == 1 ^ isAsked,
            flow => flow.Value.Hops.Equals(7),
        ];
    }

    public static TheoryData<QueryPlace> EveryPlace => Places.All;

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void Predicate_SelectsWhatLinqSelects(QueryPlace place)
    {
        using FlowMap map = Fill(place, out Dictionary<Flow.Key, Flow> flows, out BpfQueryExecution execution);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);
        Assert.Equal(place == QueryPlace.Kernel, query.RunsInKernel);

        foreach (Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>> predicate in Predicates())
        {
            Dictionary<Flow.Key, Flow> expected = flows.Where(predicate.Compile(preferInterpretation: SequenceCount.IsSet)).ToDictionary();
            BpfQueryFilter<Flow.Key, Flow> filter = query.Where(predicate);

            Assert.True(expected.Count == filter.Count(), $"{predicate}: LINQ counts {expected.Count}, the query {filter.Count()}.");
            Assert.True(expected.Count != 0 == filter.Any(), $"{predicate}: Any");
            Assert.True(FlowSamples.HaveSameBytes(expected, filter.ToArray()), $"{predicate}: the elements differ.");
            Assert.True(expected.Count != 0 == filter.TryGetFirst(out KeyValuePair<Flow.Key, Flow> first), $"{predicate}: TryGetFirst");
            if (expected.Count != 0)
                Assert.True(FlowSamples.HasSameBytes(expected[first.Key], first.Value), $"{predicate}: the first element differs.");
        }
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void Numbers_AreThoseOfLinq(QueryPlace place)
    {
        using FlowMap map = Fill(place, out Dictionary<Flow.Key, Flow> flows, out BpfQueryExecution execution);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);
        ulong limit = s_limit;

        Assert.Equal(flows.Sum(flow => (long)flow.Value.Bytes), query.Sum(flow => (long)flow.Value.Bytes));
        Assert.Equal((ulong)flows.Sum(flow => (long)flow.Value.Bytes), query.Sum(flow => flow.Value.Bytes));
        Assert.Equal(flows.Sum(flow => (long)flow.Value.Balance), query.Sum(flow => (long)flow.Value.Balance));
        Assert.Equal(
            flows.Where(flow => flow.Value.Bytes > limit).Sum(flow => (long)flow.Value.Tiny * 3),
            query.Where(flow => flow.Value.Bytes > limit).Sum(flow => (long)flow.Value.Tiny * 3)
        );
        Assert.Equal(flows.Min(flow => flow.Value.Delta), query.Min(flow => flow.Value.Delta));
        Assert.Equal(flows.Max(flow => flow.Value.Delta), query.Max(flow => flow.Value.Delta));
        Assert.Equal(flows.Min(flow => flow.Value.Packets), query.Min(flow => flow.Value.Packets));
        Assert.Equal(flows.Max(flow => flow.Value.Packets), query.Max(flow => flow.Value.Packets));
        Assert.Equal(flows.Min(flow => flow.Value.Tiny), query.Min(flow => flow.Value.Tiny));
        Assert.Equal(flows.Max(flow => flow.Value.NextHop.Value), query.Max(flow => flow.Value.NextHop.Value));
        Assert.Equal(flows.Max(flow => (ushort)flow.Key.Port), query.Max(flow => flow.Key.Port.Value));
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void Sum_DoesNotWrapAround(QueryPlace place)
    {
        (BpfHost host, BpfQueryExecution execution) = Places.At(place);
        using FlowMap map = FlowMap.Create(host);
        map.Set(new() { Address = 1 }, new() { Packets = ulong.MaxValue, Delta = long.MinValue });
        map.Set(new() { Address = 2 }, new() { Packets = 1, Delta = -1 });
        map.Set(new() { Address = 3 }, new() { Delta = 1 });
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);

        Assert.Throws<OverflowException>(() => query.Sum(flow => flow.Value.Packets));
        Assert.Equal(long.MinValue, query.Sum(flow => flow.Value.Delta));
        Assert.Throws<OverflowException>(() => query.Where(flow => flow.Value.Delta < 0).Sum(flow => flow.Value.Delta));
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void Top_ReturnsTheLargestNumbers_InOrder(QueryPlace place)
    {
        using FlowMap map = Fill(place, out Dictionary<Flow.Key, Flow> flows, out BpfQueryExecution execution);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);

        foreach (int count in (int[])[0, 1, 2, 3, 20, 1000, s_count, s_count + 5, 3])
        {
            KeyValuePair<Flow.Key, Flow>[] top = query.Top(count, flow => flow.Value.Delta);
            Assert.Equal(flows.Values.Select(flow => flow.Delta).OrderDescending().Take(count), top.Select(flow => flow.Value.Delta));
            Assert.All(top, flow => Assert.True(FlowSamples.HasSameBytes(flows[flow.Key], flow.Value)));
            Assert.Equal(top.Length, top.Select(flow => flow.Key).Distinct().Count());
        }

        Assert.Equal(
            flows.Where(flow => flow.Value.Retries == 1).Select(flow => flow.Value.Hops).OrderDescending().Take(50),
            query.Where(flow => flow.Value.Retries == 1).Top(50, flow => flow.Value.Hops).Select(flow => flow.Value.Hops)
        );
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void EmptyMap_HasNoAnswers(QueryPlace place)
    {
        (BpfHost host, BpfQueryExecution execution) = Places.At(place);
        using FlowMap map = FlowMap.Create(host);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);
        BpfQueryFilter<Flow.Key, Flow> all = query.Where(flow => true);

        Assert.Equal(0, query.Count());
        Assert.False(all.Any());
        Assert.Empty(all.ToArray());
        Assert.Empty(query.Top(5, flow => flow.Value.Bytes));
        Assert.Equal(0, query.Sum(flow => flow.Value.Delta));
        Assert.Throws<InvalidOperationException>(() => all.First());
        Assert.Throws<InvalidOperationException>(() => query.Min(flow => flow.Value.Bytes));
        Assert.Throws<InvalidOperationException>(() => query.Max(flow => flow.Value.Bytes));
        Assert.Equal(0, all.Remove());
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void Remove_RemovesWhatMatches_AndNothingElse(QueryPlace place)
    {
        using FlowMap map = Fill(place, out Dictionary<Flow.Key, Flow> flows, out BpfQueryExecution execution);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);
        ulong limit = s_limit;
        Dictionary<Flow.Key, Flow> kept = flows.Where(flow => flow.Value.Bytes >= limit).ToDictionary();

        Assert.Equal(flows.Count - kept.Count, query.Where(flow => flow.Value.Bytes < limit).Remove());
        Assert.True(FlowSamples.HaveSameBytes(kept, map));
        Assert.Equal(0, query.Where(flow => flow.Value.Bytes < limit).Remove());
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void ElementsOfInlineArrays_AreSelectedByIndex(QueryPlace place)
    {
        using FlowMap map = Fill(place, out Dictionary<Flow.Key, Flow> flows, out BpfQueryExecution execution);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);

        for (int index = 0; index < 4; index++)
        {
            Assert.Equal(
                flows.Values.Count(flow => flow.Slots[index] > 10),
                query.Where(flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, index) > 10).Count()
            );
        }
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void GetValues_FindsTheKeysThatExist(QueryPlace place)
    {
        using FlowMap map = Fill(place, out Dictionary<Flow.Key, Flow> flows, out BpfQueryExecution execution);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);

        // More keys than one run takes, some of them twice, then fewer.
        foreach (int length in (int[])[3, 20_000, 0, 100])
        {
            Flow.Key[] keys = [.. Enumerable.Range(0, length).Select(index => KeyAt(flows, index))];
            Flow[] values = new Flow[length];
            bool[] present = new bool[length];
            Array.Fill(values, new Flow { Bytes = 1 });
            Array.Fill(present, true);

            int found = query.GetValues(keys, values, present);

            Assert.Equal(keys.Count(flows.ContainsKey), found);
            for (int index = 0; index < length; index++)
            {
                Assert.Equal(flows.TryGetValue(keys[index], out Flow flow), present[index]);
                Assert.True(FlowSamples.HasSameBytes(flow, values[index]));
            }
        }
    }

    [Fact]
    public void GetValues_WithShortSpans_Throws()
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost());
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();

        ArgumentException problem = Assert.Throws<ArgumentException>(() => query.GetValues(new Flow.Key[3], new Flow[2], new bool[3]));
        Assert.Equal("There are 3 keys, but the span has space for 2. (Parameter 'values')", problem.Message);
        Assert.Throws<ArgumentException>(() => query.GetValues(new Flow.Key[3], new Flow[3], new bool[2]));
    }

    private static Flow.Key KeyAt(Dictionary<Flow.Key, Flow> flows, int index) =>
        index % 3 == 0 ? new Flow.Key { Address = (uint)index + 1_000_000 } : flows.Keys.ElementAt(index % 50);

    private static FlowMap Fill(QueryPlace place, out Dictionary<Flow.Key, Flow> flows, out BpfQueryExecution execution)
    {
        (BpfHost host, execution) = Places.At(place);
        flows = FlowSamples.Create(s_count);
        FlowMap map = FlowMap.Create(host);
        map.SetRange([.. flows.Keys], [.. flows.Values]);
        return map;
    }
}
