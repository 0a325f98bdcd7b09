using BpfMaps.Queries.Running;

namespace BpfMaps;

/// <summary>Checks of queries.</summary>
public static class BpfQuery
{
    /// <summary>
    /// Returns whether queries of this process can run in the kernel. Loads a small program to find out (BPF_PROG_TYPE_SYSCALL,
    /// Linux 5.14).
    /// </summary>
    /// <param name="reason">
    /// Why they cannot: the kernel is too old, or the process lacks CAP_BPF; <see langword="null"/> if they can. Queries of per-CPU maps
    /// also require Linux 5.19.
    /// </param>
    /// <returns><see langword="false"/> if queries run in this process instead.</returns>
    public static bool IsSupported(out string? reason)
    {
        reason = BpfHost.IsKernelUsable(out string? unusable) ? QuerySupport.WhyNot(BpfHost.Kernel) : unusable;
        return reason is null;
    }
}
