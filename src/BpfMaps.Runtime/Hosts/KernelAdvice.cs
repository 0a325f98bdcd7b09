using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>What to do about an error that the system is responsible for: limits, mounts, age. <see cref="KernelRights"/> is for what the process may not do.</summary>
internal static class KernelAdvice
{
    /// <summary>The command as <see cref="For"/> is told of it when a perf buffer could not be mapped.</summary>
    public const string PerfMapping = "mmap of a perf buffer";

    private const string BpfFs = "/sys/fs/bpf";
    private const string MountBpfFs = $"mount one with 'mount -t bpf bpf {BpfFs}'";

    public static string? For(string command, int errno, string? path)
    {
        if (path is not null && ForPin(command, errno, path) is { } advice)
            return advice;

        return errno switch
        {
            Errno.EPERM when command == PerfMapping && !Credentials.HasLockCapability => LockedMemory(),
            Errno.EPERM or Errno.EACCES => KernelRights.Missing(command),
            Errno.ENOMEM when command is "mmap" or PerfMapping => AddressSpace(),
            _ => ForResource(errno),
        };
    }

    /// <summary>What to do about a map that could not be created.</summary>
    public static string? ForCreation(BpfMapType type, int errno) =>
        errno is Errno.EPERM or Errno.EACCES ? KernelRights.MissingForCreation(type) : ForResource(errno);

    /// <summary>Which rights are missing for a command, and what would give them.</summary>
    public static string Rights(string command) => KernelRights.Missing(command);

    private static string? ForResource(int errno) => errno switch
    {
        Errno.ENOMEM => "The kernel could not charge the memory: since Linux 5.11 the limit is that of the memory cgroup, on older kernels RLIMIT_MEMLOCK (ulimit -l).",
        Errno.EMFILE => "The process has no descriptors left: dispose maps that are no longer used, or raise the limit (ulimit -n).",
        Errno.ENFILE => "The system has no descriptors left: raise fs.file-max, or find the process that keeps so many open.",
        Errno.ENOSYS => "The kernel has no bpf(2): it was built without CONFIG_BPF_SYSCALL, or a sandbox hides it.",
        _ => null,
    };

    private static string AddressSpace() => Credentials.AddressSpace is { } limit
        ? $"The address space of this process is limited to {limit} bytes (RLIMIT_AS, ulimit -v), and the mapping does not fit: raise the limit."
        : "The mapping finds no room in the address space of this process, or it has too many mappings (vm.max_map_count).";

    private static string LockedMemory()
    {
        string setting = ProcFs.Setting("kernel.perf_event_mlock_kb") is { } value ? $"{value} KiB a CPU (kernel.perf_event_mlock_kb)" : "kernel.perf_event_mlock_kb a CPU";
        return $"Perf buffers are locked memory, of which a user without CAP_IPC_LOCK has {setting}, and RLIMIT_MEMLOCK beside it (ulimit -l): "
            + "open smaller buffers with Open(pagesPerCpu), raise one of the limits, or grant the capability.";
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
            case Errno.EACCES when PinAccess.WhyDenied(command, path) is { } denied:
                return denied;
            case Errno.ENOENT or Errno.EPERM or Errno.EACCES or Errno.EINVAL or Errno.ENOTDIR when !Libc.IsInBpfFs(directory):
                return PinAdvice.Elsewhere(directory, IsBpfFsMounted() ? $"use a path below {BpfFs}." : $"none is mounted at {BpfFs}, {MountBpfFs}.");
            case Errno.ENOENT when command != "BPF_OBJ_PIN":
                return PinAdvice.Missing(path, isOpened: command == "BPF_OBJ_GET");
            case Errno.EPERM when path.AsSpan(directory.Length).Contains('.'):
                return PinAdvice.Reserved(path);
            case Errno.EPERM when PinAccess.WhyDenied(command, path) is { } denied:
                return denied;
            case Errno.EINVAL when File.Exists(path):
                return $"What is pinned at '{path}' is not a map but a program, a link or something else.";
            case Errno.EROFS:
                return $"The BPF file system that '{directory}' is in is mounted read-only: remount it with 'mount -o remount,rw', or use another one.";
            default:
                return null;
        }
    }

    private static bool IsBpfFsMounted() => Libc.IsInBpfFs(BpfFs);
}
