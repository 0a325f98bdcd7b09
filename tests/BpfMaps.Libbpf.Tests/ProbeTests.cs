using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

/// <summary>Tests of programs on functions and probes in user space, and on CPU clocks.</summary>
[Collection(nameof(WholeProcess))]
public sealed unsafe class ProbeTests
{
    private const int Call = 0,
        Return = 1,
        Probe = 2,
        Clock = 3;

    [Fact]
    public void Uprobe_CountsExactlyTheCallsOfALibraryFunction()
    {
        using BpfObject probes = Loaded();

        using (probes.GetProgram("on_call").AttachUprobe("libc.so.6", KnownCalls.Function))
            KnownCalls.Make();
        KnownCalls.Make();

        Assert.Equal(KnownCalls.Count, Hits(probes, Call));
    }

    [Fact]
    public void UprobeOnReturn_SeesTheReturnValue()
    {
        using BpfObject probes = Loaded();

        using (
            probes.GetProgram("on_return").AttachUprobe("libc.so.6", KnownCalls.Function, onReturn: true, processId: Environment.ProcessId)
        )
            KnownCalls.Make();

        Assert.Equal(KnownCalls.Count, Hits(probes, Return));
        Assert.Equal(KnownCalls.Make(), LastArgument(probes));
    }

    [Fact]
    public void UprobeOfAnotherProcess_DoesNotSeeThisOne()
    {
        using BpfObject probes = Loaded();

        using (probes.GetProgram("on_call").AttachUprobe("libc.so.6", KnownCalls.Function, processId: 1))
            KnownCalls.Make();

        Assert.Equal(0, Hits(probes, Call));
    }

    [Fact]
    public void UprobeAtAnOffset_NeedsNoSymbol()
    {
        using BpfObject probes = Loaded();
        using ProbedLibrary library = new();

        using (probes.GetProgram("on_call").AttachUprobeAt(library.Path, library.OffsetOfWork))
            library.Work(1);

        Assert.Equal(1, Hits(probes, Call));
    }

    [Fact]
    public void StaticProbe_PassesItsArguments()
    {
        using BpfObject probes = Loaded();
        using ProbedLibrary library = new();

        using (probes.GetProgram("on_probe").AttachUsdt(library.Path, "acme", "work", Environment.ProcessId))
        {
            library.Work(4711);
            library.Work(-3);
        }
        library.Work(7);

        Assert.Equal(2, Hits(probes, Probe));
        Assert.Equal(-3, LastArgument(probes));
    }

    [Fact]
    public void MissingFunction_FailsWithItsName()
    {
        using BpfObject probes = Loaded();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() =>
            probes.GetProgram("on_call").AttachUprobe("libc.so.6", "no_such_function")
        );

        Assert.Contains("no_such_function", exception.Message, StringComparison.Ordinal);
        Assert.Equal("ENOENT", exception.ErrnoName);
    }

    [Fact]
    public void MissingFile_FailsWithItsName()
    {
        using BpfObject probes = Loaded();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() =>
            probes.GetProgram("on_call").AttachUprobe("/nowhere/libnone.so", "work")
        );

        Assert.Contains("/nowhere/libnone.so", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingProbe_FailsWithItsName()
    {
        using BpfObject probes = Loaded();
        using ProbedLibrary library = new();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() =>
            probes.GetProgram("on_probe").AttachUsdt(library.Path, "acme", "rest")
        );

        Assert.Contains($"acme:rest of {library.Path}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CpuClock_RunsTheProgram()
    {
        using BpfObject probes = Loaded();
        int seen;
        using (probes.GetProgram("on_clock").AttachCpuClock(1_000))
            Assert.True(SpinWait.SpinUntil(() => Hits(probes, Clock) >= 10, TimeSpan.FromMinutes(1)), "the clock does not run");

        seen = Hits(probes, Clock);
        Thread.SpinWait(5_000_000);

        Assert.Equal(seen, Hits(probes, Clock));
    }

    [Fact]
    public void TooHighFrequency_FailsWithTheFrequency()
    {
        using BpfObject probes = Loaded();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => probes.GetProgram("on_clock").AttachCpuClock(2_000_000_000));

        Assert.Contains("2000000000 samples a second", exception.Message, StringComparison.Ordinal);
        Assert.Equal("EINVAL", exception.ErrnoName);
        Assert.Throws<ArgumentOutOfRangeException>(() => probes.GetProgram("on_clock").AttachCpuClock(0));
    }

    [Fact]
    public void CpuClockForAnotherProgramType_LeavesNothingOpen()
    {
        using BpfObject probes = Loaded();
        int before = Directory.GetFiles("/proc/self/fd").Length;

        Assert.Throws<BpfObjectException>(() => probes.GetProgram("on_call").AttachCpuClock(100));

        Assert.Equal(before, Directory.GetFiles("/proc/self/fd").Length);
    }

    [Fact]
    public void OtherDescriptorThanAPerfEvent_IsRejected()
    {
        using BpfObject probes = Loaded();
        using SafeFileHandle file = File.OpenHandle("/dev/null");

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => probes.GetProgram("on_clock").AttachPerfEvent(file));

        Assert.Equal(Environment.OSVersion.Version < KernelFeature.PerfEventLinks.First ? "ENOTTY" : "EBADF", exception.ErrnoName);
        Assert.False(file.IsClosed);
    }

    private static BpfObject Loaded()
    {
        BpfObject probes = BpfObject.Open(CompiledFixture.Path("probes"));
        MemoryMarshal.Write(probes.GetMap(".rodata").InitialValue, Environment.ProcessId);
        probes.Load();
        return probes;
    }

    private static int Hits(BpfObject probes, int slot)
    {
        using RawMap hits = probes.GetMap("hits").Open();
        byte[] key = [(byte)slot, 0, 0, 0],
            value = new byte[8];
        Assert.True(hits.TryLookup(key, value));
        return (int)MemoryMarshal.Read<long>(value);
    }

    private static int LastArgument(BpfObject probes)
    {
        using RawMap bss = probes.GetMap(".bss").Open();
        byte[] value = new byte[bss.ValueSize];
        Assert.True(bss.TryLookup(new byte[4], value));
        return MemoryMarshal.Read<int>(value);
    }
}
