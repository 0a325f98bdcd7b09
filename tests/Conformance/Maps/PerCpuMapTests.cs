namespace BpfMaps.Tests;

public sealed class PerCpuMapTests
{
    [Fact]
    public void CpuCount_IsTheNumberOfPossibleCpus()
    {
        using CpuCountersMap hash = CpuCountersMap.Create();
        using CpuTriplesMap array = CpuTriplesMap.Create();
        Assert.Equal(TestHost.Current.PossibleCpuCount, hash.CpuCount);
        Assert.Equal(TestHost.Current.PossibleCpuCount, array.CpuCount);
    }

    [Fact]
    public void ValuesOfAKey_AreReadPerCpuAndAsTotal()
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using CpuCountersMap map = CpuCountersMap.Create();
        ulong[] values = [.. Enumerable.Range(1, map.CpuCount).Select(number => (ulong)number)];
        map.Set(5, values);
        ulong[] read = new ulong[map.CpuCount + 1];
        Assert.True(map.TryGetValues(5, read));
        Assert.Equal([.. values, 0], read);
        Assert.True(map.TryAggregate(5, out ulong total));
        Assert.Equal(values.Aggregate((a, b) => a + b), total);
        map.SetAll(5, 3);
        Assert.True(map.TryAggregate(5, out total));
        Assert.Equal(3ul * (ulong)map.CpuCount, total);
        Assert.True(map.ContainsKey(5));
        Assert.True(map.TryRemove(5, out total));
        Assert.Equal(3ul * (ulong)map.CpuCount, total);
        Assert.False(map.ContainsKey(5));
    }

    [Fact]
    public void ValuesWithGapsBetweenTheCpus_AreReadBack()
    {
        using CpuFlowsMap map = CpuFlowsMap.Create();
        FlowStats[] values =
        [
            .. Enumerable.Range(0, map.CpuCount).Select(cpu => new FlowStats { Packets = (ulong)cpu + 1, Flags = (byte)(1 << cpu % 8) }),
        ];
        map.Set(new() { Port = 1 }, values);
        FlowStats[] read = new FlowStats[map.CpuCount];
        Assert.True(map.TryGetValues(new() { Port = 1 }, read));
        Assert.Equal(values, read);
        Assert.True(map.TryAggregate(new() { Port = 1 }, out FlowStats total));
        Assert.Equal(values.Aggregate(0ul, (sum, stats) => sum + stats.Packets), total.Packets);
        Assert.Equal(values.Aggregate(0, (bits, stats) => bits | stats.Flags), total.Flags);
    }

    [Fact]
    public void Miss_ReturnsFalse()
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using CpuFlowsMap map = CpuFlowsMap.Create();
        FlowStats[] values = [.. Enumerable.Repeat(new FlowStats { Packets = 1 }, map.CpuCount)];
        Assert.False(map.TryGetValues(default, values));
        Assert.Equal(1ul, values[0].Packets);
        Assert.False(map.TryAggregate(default, out FlowStats total));
        Assert.Equal(default, total);
        Assert.False(map.TryRemove(default, out _));
        Assert.False(map.Remove(default));
        Assert.Equal(BpfUpdateResult.NotFound, map.Update(default, values, BpfUpdateFlags.Exist));
        Assert.Equal(BpfUpdateResult.Ok, map.Update(default, values, BpfUpdateFlags.NoExist));
        Assert.Equal(BpfUpdateResult.AlreadyExists, map.Update(default, values, BpfUpdateFlags.NoExist));
    }

    [Fact]
    public void SpansOfAnotherNumberOfCpus_AreRejectedWithoutASystemCall()
    {
        using CpuCountersMap hash = CpuCountersMap.Create();
        using CpuNumbersMap array = CpuNumbersMap.Create();
        int cpus = hash.CpuCount;
        ArgumentException problem = Assert.Throws<ArgumentException>(() => hash.TryGetValues(1, new ulong[cpus - 1]));
        Assert.Contains($"{cpus} possible CPUs", problem.Message);
        Assert.Contains("'cpu_counters'", problem.Message);
        Assert.Throws<ArgumentException>(() => hash.Set(1, new ulong[cpus - 1]));
        Assert.Throws<ArgumentException>(() => hash.Set(1, new ulong[cpus + 1]));
        Assert.Throws<ArgumentException>(() => hash.Update(1, [], BpfUpdateFlags.Any));
        Assert.Throws<ArgumentException>(() => array.GetValues(1, new ulong[cpus - 1]));
        Assert.Throws<ArgumentException>(() => array.Set(1, new ulong[cpus + 1]));
        Assert.Throws<ArgumentException>(() => array.Aggregate(new ulong[array.Length - 1]));
        Assert.Equal(0, hash.Count());

        hash.Dispose();
        Assert.Throws<ArgumentException>(() => hash.TryGetValues(1, new ulong[cpus - 1]));
    }

    [Fact]
    public void Walking_GivesKeysAndTotals_AndEveryCpusValuesInPlace()
    {
        using CpuCountersMap map = CpuCountersMap.Create();
        ulong[] values = new ulong[map.CpuCount];
        for (uint key = 0; key < 300; key++)
        {
            for (int cpu = 0; cpu < values.Length; cpu++)
                values[cpu] = key * 10 + (uint)cpu;
            map.Set(key, values);
        }
        ulong extra = (ulong)Enumerable.Range(0, map.CpuCount).Sum();

        Dictionary<uint, ulong> totals = map.ToDictionary();
        Assert.Equal(300, totals.Count);
        Assert.All(totals, element => Assert.Equal(element.Key * 10 * (ulong)values.Length + extra, element.Value));

        int seen = 0;
        foreach ((uint key, BpfPerCpuView<ulong> view) in map.PerCpu())
        {
            Assert.Equal(map.CpuCount, view.Count);
            for (int cpu = 0; cpu < view.Count; cpu++)
                Assert.Equal(key * 10 + (uint)cpu, view[cpu]);
            seen++;
        }
        Assert.Equal(300, seen);
        Assert.Equal(totals.Keys.Order(), map.Keys.Order());
    }

    [Fact]
    public void DrainAndClear_RemoveEverything()
    {
        using CpuCountersMap map = CpuCountersMap.Create();
        for (uint key = 0; key < 1000; key++)
            map.SetAll(key, key);
        Dictionary<uint, ulong> drained = [];
        foreach ((uint key, ulong total) in map.Drain())
            drained.Add(key, total);
        Assert.Equal(1000, drained.Count);
        Assert.All(drained, element => Assert.Equal(element.Key * (ulong)map.CpuCount, element.Value));
        Assert.Equal(0, map.Count());
        map.SetAll(1, 1);
        Assert.Equal(1, map.RemoveRange([1, 2]));
        map.SetAll(1, 1);
        map.Clear();
        Assert.Empty(map);
    }

    [Fact]
    public void FullMap_ThrowsBpfMapFullException()
    {
        using CpuCountersMap map = CpuCountersMap.Create();
        for (uint key = 0; key < map.Info.MaxEntries; key++)
            map.SetAll(key, 1);
        Assert.Throws<BpfMapFullException>(() => map.SetAll(uint.MaxValue, 1));
        Assert.Throws<BpfMapFullException>(() => map.Set(uint.MaxValue, new ulong[map.CpuCount]));
    }

    [Fact]
    public void ElementsOfAnArray_AreReadPerCpuAndAsTotal()
    {
        using CpuNumbersMap map = CpuNumbersMap.Create();
        for (int index = 0; index < map.Length; index++)
            map.SetAll(index, (ulong)index);
        ulong[] values = new ulong[map.CpuCount];
        values[^1] = 5;
        map.Set(7, values);
        ulong[] read = new ulong[map.CpuCount];
        map.GetValues(7, read);
        Assert.Equal(values, read);
        Assert.Equal(5ul, map.Aggregate(7));

        ulong[] expected = [.. Enumerable.Range(0, map.Length).Select(index => index == 7 ? 5 : (ulong)(index * map.CpuCount))];
        ulong[] totals = new ulong[map.Length];
        map.Aggregate(totals);
        Assert.Equal(expected, totals);
        Assert.Equal(expected, map);
        Assert.Equal(expected.Index(), map.Index());

        int seen = 0;
        foreach ((int index, BpfPerCpuView<ulong> view) in map.PerCpu())
        {
            Assert.Equal(seen++, index);
            Assert.Equal(index == 7 ? values : Enumerable.Repeat((ulong)index, map.CpuCount), view.ToArray());
        }
        Assert.Equal(map.Length, seen);
    }

    [Fact]
    public void Aggregation_BeginsWithTheFirstCpu_SoThatTheSmallestIsRight()
    {
        using CpuTriplesMap map = CpuTriplesMap.Create();
        Triple[] values =
        [
            .. Enumerable
                .Range(0, map.CpuCount)
                .Select(cpu => new Triple
                {
                    A = 1,
                    B = (uint)cpu,
                    C = 100 + (uint)cpu,
                }),
        ];
        map.Set(2, values);
        Triple[] read = new Triple[map.CpuCount];
        map.GetValues(2, read);
        Assert.Equal(values, read);
        Triple total = map.Aggregate(2);
        Assert.Equal((uint)map.CpuCount, total.A);
        Assert.Equal((uint)map.CpuCount - 1, total.B);
        Assert.Equal(100u, total.C);
    }

    [Fact]
    public void IndexOutsideTheArray_IsRejectedWithIndexAndLength()
    {
        using CpuTriplesMap map = CpuTriplesMap.Create();
        ArgumentOutOfRangeException problem = Assert.Throws<ArgumentOutOfRangeException>(() => map.Aggregate(4));
        Assert.Contains("4 elements", problem.Message);
        Assert.Contains("the index 4 is out of range", problem.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.SetAll(-1, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.GetValues(4, new Triple[map.CpuCount]));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Set(4, new Triple[map.CpuCount]));
    }
}
