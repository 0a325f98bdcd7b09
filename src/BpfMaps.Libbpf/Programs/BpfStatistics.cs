using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Statistics of programs: how often and for how long they run.</summary>
public static class BpfStatistics
{
    private const int RunTime = 0;

    /// <summary>
    /// Counts the runs and the run time of all programs of the machine until the result is disposed (BPF_ENABLE_STATS, Linux 5.8; with
    /// CAP_SYS_ADMIN). The kernel adds about 20 ns to each run.
    /// </summary>
    /// <remarks>
    /// Several users can enable statistics at the same time. The setting kernel.bpf_stats_enabled enables them permanently (Linux 5.1).
    /// Read them with <see cref="BpfProgramInfo.RunCount"/> and <see cref="BpfProgramInfo.RunTime"/>.
    /// </remarks>
    /// <returns>An object that ends the counting when it is disposed.</returns>
    /// <exception cref="BpfPermissionException">CAP_SYS_ADMIN is missing.</exception>
    /// <exception cref="BpfException">The kernel is older than Linux 5.8 (EINVAL).</exception>
    public static IDisposable Enable()
    {
        int errno = KernelCall.EnableStatistics(RunTime, out OwnedDescriptor? statistics);
        if (errno == Errno.Ok)
            return statistics!;
        string? advice = errno switch
        {
            Errno.EINVAL =>
                $"Linux 5.8 and later can enable statistics for the life of a process; this is {Environment.OSVersion.Version}. "
                    + "Set kernel.bpf_stats_enabled to 1 instead (Linux 5.1).",
            Errno.EPERM =>
                "Enabling statistics requires CAP_SYS_ADMIN, even with CAP_BPF: run as root, or set kernel.bpf_stats_enabled to 1.",
            _ => KernelAdvice.For(BpfCommand.EnableStats, errno, path: null),
        };
        throw BpfException.Of("Enabling the statistics of programs", errno, BpfCommand.EnableStats, mapName: null, advice);
    }
}
