namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class TypedAllocationTests
{
    [Fact]
    public void SingleOperationsOnHashes_AllocateNothing()
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using CountersMap map = CountersMap.Create(16);
        uint[] keys = [4, 5, 6];
        ulong[] values = [4, 5, 6];
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                map.Set(1, 1);
                map[2] = map[1];
                map.TryAdd(3, 3);
                map.TryUpdate(3, 4);
                map.TryGetValue(3, out _);
                map.ContainsKey(9);
                map.TryRemove(3, out _);
                map.Remove(2);
                map.TrySetRange(keys, values, out _);
                map.Remove(5);
                map.RemoveRange(keys);
            })
        );
    }

    [Fact]
    public void SingleOperationsOnPaddedAndLargeTypes_AllocateNothing()
    {
        using FlowsMap flows = FlowsMap.Create();
        using LargeValuesMap large = LargeValuesMap.Create();
        LargeValue value = default;
        FlowKey[] keys = [new() { Port = 3 }, new() { Port = 4 }];
        FlowStats[] values = new FlowStats[2];
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                FlowKey key = new() { Port = 1 };
                flows[key] = new() { Packets = 1 };
                flows.TryGetValue(key, out _);
                flows.Remove(key);
                flows.SetRange(keys, values);
                flows.RemoveRange(keys);
                large.Set(1, in value);
                large.TryGetValue(1, out _);
            })
        );
    }

    [Fact]
    public void SingleOperationsOnOtherKinds_AllocateNothing()
    {
        TestHost.RequireFeature(KernelFeature.BloomFilters);
        using NumbersMap numbers = NumbersMap.Create(10);
        using CpuCountersMap cpuCounters = CpuCountersMap.Create();
        using CpuFlowsMap cpuFlows = CpuFlowsMap.Create();
        using CpuTriplesMap cpuTriples = CpuTriplesMap.Create();
        using RoutesMap routes = RoutesMap.Create();
        using JobsMap jobs = JobsMap.Create();
        using SeenMap seen = SeenMap.Create();
        ulong[] values = new ulong[cpuCounters.CpuCount];
        FlowStats[] stats = new FlowStats[cpuCounters.CpuCount];
        Triple[] triples = new Triple[cpuCounters.CpuCount];
        LpmKey<Be32> route = LpmKey.Parse("10.0.0.0/8");
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                numbers[1] = numbers[2] + 1;
                numbers.SetRange(3, values);
                cpuCounters.Set(1, values);
                cpuCounters.SetAll(2, 1);
                cpuCounters.TryGetValues(1, values);
                cpuCounters.TryAggregate(1, out _);
                cpuCounters.TryRemove(2, out _);
                cpuFlows.Set(default, stats);
                cpuFlows.TryGetValues(default, stats);
                cpuFlows.TryAggregate(default, out _);
                cpuTriples.Set(1, triples);
                cpuTriples.SetAll(1, triples[0]);
                cpuTriples.GetValues(1, triples);
                cpuTriples.Aggregate(1);
                routes.Set(in route, 1);
                routes.TryMatch(new Be32(0x0A000001), out _);
                routes.Remove(in route);
                jobs.TryEnqueue(default);
                jobs.TryPeek(out _);
                jobs.TryDequeue(out _);
                seen.Add(default);
                seen.MayContain(default);
            })
        );
    }

    [Fact]
    public void Walk_AllocatesIndependentlyOfTheNumberOfElements()
    {
        using CountersMap few = Filled(10);
        using CountersMap many = Filled(20_000);
        long ofFew = Allocations.Of(() => WalkAndCopy(few));
        long ofMany = Allocations.Of(() => WalkAndCopy(many));
        Assert.Equal(ofFew, ofMany);

        static CountersMap Filled(int count)
        {
            CountersMap map = CountersMap.Create(20_000);
            map.SetRange(Enumerable.Range(0, count).Select(number => KeyValuePair.Create((uint)number, 1ul)));
            return map;
        }

        static ulong WalkAndCopy(CountersMap map)
        {
            ulong sum = (ulong)map.Count();
            foreach ((uint key, ulong value) in map)
                sum += key + value;
            foreach (uint key in map.Keys)
                sum += key;
            return sum;
        }
    }

    [Fact]
    public void PerCpuWalk_AllocatesIndependentlyOfTheNumberOfElements()
    {
        using CpuCountersMap map = CpuCountersMap.Create();
        map.SetAll(1, 1);
        long ofFew = Allocations.Of(() => Walk(map));
        for (uint key = 0; key < 1000; key++)
            map.SetAll(key, 1);
        long ofMany = Allocations.Of(() => Walk(map));
        Assert.Equal(ofFew, ofMany);

        static ulong Walk(CpuCountersMap map)
        {
            ulong sum = 0;
            foreach ((_, ulong total) in map)
                sum += total;
            foreach ((_, BpfPerCpuView<ulong> values) in map.PerCpu())
            {
                foreach (ref readonly ulong value in values)
                    sum += value;
            }
            return sum;
        }
    }

    [Fact]
    public void MappedArray_IsReadAndWrittenWithoutAllocations()
    {
        using MappedNumbersMap map = MappedNumbersMap.Create();
        using BpfArrayView<ulong> view = map.Map();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 0; index < view.Length; index++)
            view[index] += (ulong)index;
        view.Span.Fill(1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
