using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>What to do about an error that the system is responsible for: rights, mounts, limits, age.</summary>
internal static class KernelAdvice
{
    private const string BpfFs = "/sys/fs/bpf";
    private const string MountBpfFs = $"mount one with 'mount -t bpf bpf {BpfFs}'";

    public static string? For(string command, int errno, string? path)
    {
        if (path is not null && ForPin(command, errno, path) is { } advice)
            return advice;

        return errno switch
        {
            Errno.EPERM or Errno.EACCES => Rights(command),
            Errno.ENOMEM => "The kernel could not charge the memory: since Linux 5.11 the limit is that of the memory cgroup, on older kernels RLIMIT_MEMLOCK (ulimit -l).",
            Errno.EMFILE => "The process has no descriptors left: dispose maps that are no longer used, or raise the limit (ulimit -n).",
            Errno.ENOSYS => "The kernel has no bpf(2): it was built without CONFIG_BPF_SYSCALL, or a sandbox hides it.",
            _ => null,
        };
    }

    /// <summary>Which rights are missing for a command, and what would give them.</summary>
    public static string Rights(string command)
    {
        string setting = ProcFs.UnprivilegedBpfDisabled() is { } value
            ? $"unprivileged_bpf_disabled is {value}"
            : "this kernel has no unprivileged_bpf_disabled setting";
        if (command is "BPF_MAP_GET_FD_BY_ID" or "BPF_MAP_GET_NEXT_ID" && !ProcFs.HasAdminCapability())
            return $"Ids need CAP_SYS_ADMIN, also of a process that has CAP_BPF: run as root, or open the map by its pin; {setting}.";
        if (!ProcFs.HasBpfCapability())
            return $"This needs CAP_BPF (CAP_SYS_ADMIN before Linux 5.8): run as root or grant the capability, e.g. 'setcap cap_bpf+ep'; {setting}.";
        if (command == "BPF_MAP_CREATE" && !ProcFs.HasNetworkCapability())
            return $"The process has CAP_BPF but not CAP_NET_ADMIN, which maps of sockets and of network devices need besides ({setting}).";
        if (command == "perf_event_open" && !ProcFs.HasPerfCapability())
            return $"The process has CAP_BPF but not CAP_PERFMON, which perf events need besides ({setting}).";
        return $"The process has CAP_BPF, so another guard refuses: a seccomp filter, a security module or lockdown ({setting}).";
    }

    private static string? ForPin(string command, int errno, string path)
    {
        string directory = Path.GetDirectoryName(path) ?? "/";
        switch (errno)
        {
            case Errno.EEXIST:
                return PinAdvice.Taken(path);
            case Errno.ENOENT when !Directory.Exists(directory):
                return $"The directory '{directory}' does not exist: create it first" + (IsBpfFsMounted() ? "." : $"; and no BPF file system is mounted at {BpfFs}: {MountBpfFs}.");
            case Errno.ENOENT or Errno.EPERM or Errno.EACCES or Errno.EINVAL or Errno.ENOTDIR when !Libc.IsInBpfFs(directory):
                return PinAdvice.Elsewhere(directory, IsBpfFsMounted() ? $"use a path below {BpfFs}." : $"none is mounted at {BpfFs}, {MountBpfFs}.");
            case Errno.ENOENT when command != "BPF_OBJ_PIN":
                return PinAdvice.Missing(path);
            case Errno.EPERM when path.AsSpan(directory.Length).Contains('.'):
                return PinAdvice.Reserved(path);
            case Errno.EINVAL when File.Exists(path):
                return $"What is pinned at '{path}' is not a map but a program, a link or something else.";
            default:
                return null;
        }
    }

    private static bool IsBpfFsMounted() => Libc.IsInBpfFs(BpfFs);
}
