namespace BpfMaps.Tests;

public sealed class CpuTests
{
    private readonly InMemoryBpfHost _host = new([0, 2, 5]);

    [Fact]
    public void HostWithoutACpuCount_HasFourCpus()
    {
        Assert.Equal([0, 1, 2, 3], new InMemoryBpfHost().PossibleCpus);
        Assert.Equal([0, 1], new InMemoryBpfHost(possibleCpuCount: 2).PossibleCpus);
        Assert.Equal(3, _host.PossibleCpuCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8193)]
    public void InvalidCpuCount_IsRejected(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryBpfHost(count));

    [Theory]
    [InlineData(new int[0], "1 to 8192 CPUs, but 0 were given")]
    [InlineData(new[] { 1, 0 }, "item 1 is 0 after 1")]
    [InlineData(new[] { 1, 1 }, "item 1 is 1 after 1")]
    [InlineData(new[] { -1 }, "item 0 is -1")]
    public void InvalidCpuNumbers_AreRejected(int[] cpus, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new InMemoryBpfHost(cpus)).Message, StringComparison.Ordinal);

    [Fact]
    public void CurrentCpu_IsTheFirstCpuUntilItIsSet()
    {
        Assert.Equal((0, 0), (_host.CurrentCpu, _host.AsProgram().Cpu));
        _host.CurrentCpu = 5;
        Assert.Equal((5, 5, 2), (_host.CurrentCpu, _host.AsProgram().Cpu, _host.AsProgram(cpu: 2).Cpu));
    }

    [Fact]
    public void CpuInAGap_IsRejectedWithTheListOfPossibleCpus()
    {
        Assert.Contains(
            "CPU 1 is not possible; the possible CPUs are 0, 2, 5.",
            Assert.Throws<ArgumentOutOfRangeException>(() => _host.CurrentCpu = 1).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("cpu", Assert.Throws<ArgumentOutOfRangeException>(() => _host.AsProgram(cpu: 3)).ParamName);
    }

    [Fact]
    public void NewKeyOfAPerCpuHash_IsZeroOnTheOtherCpus()
    {
        using PerCpuCounters counters = PerCpuCounters.Create(host: _host);
        _host.AsProgram(cpu: 5).Update("by_cpu", 1u, 50ul);
        Assert.Equal([0, 0, 50], Values(counters, 1));
    }

    [Fact]
    public void NewKeyInTheSlotOfARemovedOne_IsZeroOnTheOtherCpus()
    {
        using PerCpuCounters counters = PerCpuCounters.Create(host: _host);
        counters.SetAll(1, 7);
        Assert.True(counters.Remove(1));
        _host.AsProgram(cpu: 2).Update("by_cpu", 2u, 20ul);
        Assert.Equal([0, 20, 0], Values(counters, 2));
    }

    [Fact]
    public void ProgramOnACpu_SeesAndChangesOnlyThatCpusValue()
    {
        using PerCpuCounters counters = PerCpuCounters.Create(host: _host);
        counters.Set(1, [10, 20, 50]);
        InMemoryProgram program = _host.AsProgram(cpu: 2);
        Assert.True(program.TryLookup("by_cpu", 1u, out ulong value));
        Assert.Equal(20u, value);
        Assert.Equal(BpfUpdateResult.Ok, program.Update("by_cpu", 1u, 21ul));
        Assert.True(_host.AsProgram(cpu: 5).Modify("by_cpu", 1u, (ref ulong count) => count++));
        Assert.Equal([10, 21, 51], Values(counters, 1));
        Assert.True(counters.TryAggregate(1, out ulong total));
        Assert.Equal(82u, total);
    }

    [Fact]
    public void SlotsOfAPerCpuArray_AreInTheOrderOfTheCpus()
    {
        using Drops drops = Drops.Create(host: _host);
        foreach (int cpu in _host.PossibleCpus)
            _host.AsProgram(cpu).Modify("drops", 3u, (ref uint count) => count = (uint)cpu * 10);
        uint[] values = new uint[3];
        drops.GetValues(3, values);
        Assert.Equal([0, 20, 50], values);
    }

    private static ulong[] Values(PerCpuCounters counters, uint key)
    {
        ulong[] values = new ulong[counters.CpuCount];
        Assert.True(counters.TryGetValues(key, values));
        return values;
    }
}
