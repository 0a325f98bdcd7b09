using System.Runtime.InteropServices;
using BpfMaps.Symbols.Kernel;

namespace BpfMaps.Tests;

public sealed class SystemCallsTests
{
    [Theory]
    [InlineData(Architecture.X64, 0, "read")]
    [InlineData(Architecture.X64, 321, "bpf")]
    [InlineData(Architecture.X64, 257, "openat")]
    [InlineData(Architecture.Arm64, 63, "read")]
    [InlineData(Architecture.Arm64, 280, "bpf")]
    [InlineData(Architecture.RiscV64, 56, "openat")]
    [InlineData(Architecture.LoongArch64, 220, "clone")]
    [InlineData(Architecture.X64, 435, "clone3")]
    [InlineData(Architecture.Arm64, 435, "clone3")]
    [InlineData(Architecture.X64, 100_000, null)]
    [InlineData(Architecture.S390x, 3, null)]
    public void Numbers_HaveNames(Architecture architecture, ulong number, string? name) =>
        Assert.Equal(name, SystemCallTables.Of(architecture).GetValueOrDefault(number));

    [Fact]
    public void Names_AreThoseOfTheKernelsTracepoints()
    {
        Require.TraceFs();
        Require.Root(); // others cannot read the directories of tracefs
        HashSet<string> known = [.. Enumerable.Range(0, 600).Select(static number => SystemCalls.NameOf((ulong)number)).OfType<string>()];
        string[] traced =
        [
            .. Directory
                .EnumerateDirectories("/sys/kernel/tracing/events/syscalls", "sys_enter_*")
                .Select(static d => Path.GetFileName(d)["sys_enter_".Length..]),
        ];
        Assert.NotEmpty(traced);
        // The tracepoints of a few are named after the function in the kernel and not after the number.
        string[] otherwise = ["newfstat", "newlstat", "newstat", "newuname", "sendfile64", "umount", "mmap_pgoff", "fadvise64_64"];
        Assert.Empty(traced.Except(known).Except(otherwise));
    }
}
