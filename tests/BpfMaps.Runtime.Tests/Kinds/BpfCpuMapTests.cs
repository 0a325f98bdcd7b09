namespace BpfMaps.Tests;

public sealed class BpfCpuMapTests
{
    public BpfCpuMapTests() => Require.Kernel();

    [Fact]
    public void Cpu_ReturnsItsQueueSize()
    {
        using CpusMap cpus = CpusMap.Create();
        Assert.Equal(BpfHost.Kernel.PossibleCpus[^1] + 1, cpus.Length);
        Assert.False(cpus.TryGetValue(0, out _));
        cpus.Set(0, 192);
        Assert.True(cpus.TryGetValue(0, out BpfCpuMapValue value));
        Assert.Equal(new BpfCpuMapValue(192, 0), value);

        using TestProgram program = RedirectPrograms.ForCpu();
        cpus.Set(0, 16_384, program.Handle);
        Assert.Equal([KeyValuePair.Create(0, new BpfCpuMapValue(16_384, program.Id))], cpus);
        Assert.Equal(1, cpus.Count());
        cpus.Remove(0);
        cpus.Remove(0);
        Assert.Empty(cpus);
    }

    [Fact]
    public void InvalidArguments_AreRejectedWithTheReason()
    {
        using CpusMap cpus = CpusMap.Create();
        using TestProgram other = TestProgram.Load(ProgramType.Xdp, Instruction.Return(2));
        BpfException tooLong = Assert.Throws<BpfException>(() => cpus.Set(0, 16_385));
        Assert.Equal(Errno.EOVERFLOW, tooLong.Errno);
        Assert.Contains("at most 16384 packets", tooLong.Message, StringComparison.Ordinal);
        BpfException otherProgram = Assert.Throws<BpfException>(() => cpus.Set(0, 1, other.Handle));
        Assert.Contains(otherProgram.Errno, (int[])[Errno.ENOMEM, Errno.EINVAL]); // EINVAL in Linux 7.2
        Assert.Contains("BPF_XDP_CPUMAP", otherProgram.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cpus.Set(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => cpus.Set(cpus.Length, 1));

        using RawMap larger = TestMaps.Create(BpfMapType.CpuMap, maxEntries: (uint)cpus.Length + 1);
        BpfException impossible = Assert.Throws<BpfException>(() => CpusMap.FromRaw(larger).Set(cpus.Length, 1));
        Assert.Equal(Errno.ENODEV, impossible.Errno);
        Assert.Contains("The CPU is not possible on this machine", impossible.Message, StringComparison.Ordinal);
    }
}
