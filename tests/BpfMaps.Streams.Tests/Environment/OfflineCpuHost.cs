using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The kernel's host with an additional possible CPU that is offline and has no perf buffer.</summary>
internal sealed class OfflineCpuHost(int offlineCpu) : ForwardingHost(BpfHost.Kernel)
{
    private readonly int[] _possible = [.. Kernel.PossibleCpus.ToArray().Append(offlineCpu).Distinct().Order()];

    public override ReadOnlySpan<int> PossibleCpus => _possible;

    internal override int OpenPerfBuffer(int cpu, int pages, out SafeHandle? buffer, out SafeHandle? memory)
    {
        buffer = memory = null;
        return cpu == offlineCpu ? Errno.ENODEV : Kernel.OpenPerfBuffer(cpu, pages, out buffer, out memory);
    }
}
