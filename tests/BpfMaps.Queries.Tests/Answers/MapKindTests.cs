namespace BpfMaps.Tests;

/// <summary>Queries of the other map types.</summary>
public sealed class MapKindTests
{
    public static TheoryData<QueryPlace> EveryPlace => Places.All;

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void LruHash_IsQueriedAsAHash(QueryPlace place)
    {
        (BpfHost host, BpfQueryExecution execution) = Places.At(place);
        using LruFlowMap map = LruFlowMap.Create(host);
        foreach ((Flow.Key key, Flow flow) in FlowSamples.Create(500))
            map.Set(in key, in flow);
        Dictionary<Flow.Key, Flow> flows = map.ToDictionary();
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);

        Assert.Equal(flows.Values.Count(flow => flow.Hops > 7), query.Where(flow => flow.Value.Hops > 7).Count());
        Assert.Equal(flows.Values.Count(flow => flow.Hops > 7), query.Where(flow => flow.Value.Hops > 7).Remove());
        Assert.Equal(flows.Values.Count(flow => flow.Hops <= 7), map.Count());
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void Array_IsQueriedInTheOrderOfItsIndices(QueryPlace place)
    {
        (BpfHost host, BpfQueryExecution execution) = Places.At(place);
        using FlowArrayMap map = FlowArrayMap.Create(host);
        Flow[] flows = [.. FlowSamples.Create(map.Length).Values];
        map.SetRange(0, flows);
        using BpfQuery<int, Flow> query = map.InKernel(execution);

        Assert.Equal(map.Length, query.Count());
        KeyValuePair<int, Flow>[] found = query.Where(flow => flow.Key >= 10 && flow.Value.Delta > 0).ToArray();
        Assert.Equal(Enumerable.Range(10, map.Length - 10).Where(index => flows[index].Delta > 0), found.Select(flow => flow.Key));
        Assert.All(found, flow => Assert.True(FlowSamples.HasSameBytes(flows[flow.Key], flow.Value)));
        Assert.Equal(10, query.Where(flow => flow.Key >= 10).First().Key);

        Flow[] values = new Flow[4];
        bool[] present = new bool[4];
        Assert.Equal(2, query.GetValues([3, -1, map.Length, map.Length - 1], values, present));
        Assert.Equal([true, false, false, true], present);
        Assert.True(FlowSamples.HasSameBytes(flows[3], values[0]));
        Assert.True(FlowSamples.HasSameBytes(flows[^1], values[3]));

        NotSupportedException problem = Assert.Throws<NotSupportedException>(() => query.Where(flow => true).Remove());
        Assert.Contains("is an array, whose elements cannot be removed", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void PerCpuHash_IsQueriedByItsTotals(QueryPlace place)
    {
        (BpfHost host, BpfQueryExecution execution) = Places.At(place, KernelFeature.QueriesOfPerCpuMaps);
        using UsageByIdMap map = UsageByIdMap.Create(host);
        Random random = new(3);
        for (ulong id = 0; id < 1_000; id++)
            map.Set(id, RandomUsage(random, map.CpuCount));
        Dictionary<ulong, Usage> totals = map.ToDictionary();
        using BpfPerCpuQuery<ulong, Usage> query = map.InKernel(execution);

        AssertSame(totals, query.Totals().ToArray());
        AssertSame(totals.Where(usage => usage.Value.Balance > 0).ToDictionary(), query.Where(usage => usage.Value.Balance > 0).ToArray());
        Assert.Equal(totals.Values.Max(usage => usage.Highest), query.Max(usage => usage.Value.Highest));
        Assert.Equal(
            totals.Values.Select(usage => usage.Calls).OrderDescending().Take(10),
            query.Top(10, usage => usage.Value.Calls).Select(usage => usage.Value.Calls)
        );

        Usage[] values = new Usage[3];
        bool[] present = new bool[3];
        Assert.Equal(2, query.GetValues([7, 5_000, 999], values, present));
        Assert.Equal([true, false, true], present);
        Assert.True(FlowSamples.HasSameBytes(totals[7], values[0]));
        Assert.True(FlowSamples.HasSameBytes(totals[999], values[2]));

        Assert.Equal(totals.Values.Count(usage => usage.Balance > 0), query.Where(usage => usage.Value.Balance > 0).Remove());
        Assert.Equal(totals.Values.Count(usage => usage.Balance <= 0), map.Count());
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void PerCpuArray_IsQueriedByItsTotals(QueryPlace place)
    {
        (BpfHost host, BpfQueryExecution execution) = Places.At(place, KernelFeature.QueriesOfPerCpuMaps);
        using UsageArrayMap map = UsageArrayMap.Create(host);
        Random random = new(4);
        for (int index = 0; index < map.Length; index++)
            map.Set(index, RandomUsage(random, map.CpuCount));
        Usage[] totals = [.. map];
        using BpfPerCpuQuery<int, Usage> query = map.InKernel(execution);

        KeyValuePair<int, Usage>[] found = query.Totals().ToArray();
        Assert.Equal(Enumerable.Range(0, map.Length), found.Select(usage => usage.Key));
        Assert.All(found, usage => Assert.True(FlowSamples.HasSameBytes(totals[usage.Key], usage.Value)));
        Assert.Equal(totals.Sum(usage => usage.Errors), query.Sum(usage => (long)usage.Value.Errors));
    }

    /// <summary>The CPUs of a host in memory may have gaps; programs are written for any list.</summary>
    [Fact]
    public void MapWithoutRules_IsQueriedInThisProcess()
    {
        Require.Feature(KernelFeature.Queries); // Otherwise, the kernel is the reason.
        using RatioMap map = RatioMap.Create();
        map.SetAll(1, new() { Sum = 1.5, Count = 2 });
        using BpfPerCpuQuery<uint, Ratio> query = map.InKernel();

        Assert.False(query.RunsInKernel);
        Assert.Equal("The total has a number of type double, which programs cannot add.", query.UserSpaceReason);
        Assert.Equal(1.5 * map.CpuCount, query.Totals().First().Value.Sum);
        BpfNotSupportedException problem = Assert.Throws<BpfNotSupportedException>(() => map.InKernel(BpfQueryExecution.KernelOnly));
        Assert.Contains("cannot run in the kernel: The total has a number of type double", problem.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(Dictionary<ulong, Usage> expected, KeyValuePair<ulong, Usage>[] actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        Assert.All(actual, usage => Assert.True(FlowSamples.HasSameBytes(expected[usage.Key], usage.Value)));
    }

    private static Usage[] RandomUsage(Random random, int cpus)
    {
        Usage[] values = new Usage[cpus];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
