using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>
/// Advice about errors caused by the system: limits, mounts, old kernels. <see cref="KernelRights"/> explains missing privileges.
/// </summary>
internal static class KernelAdvice
{
    private const string BpfFs = "/sys/fs/bpf";
    private const string NoElement =
        "The kernel has no memory for a new element. A map with BPF_F_NO_PREALLOC takes elements from small stores, which the kernel "
        + "refills in the background: try again a moment later, or create the map without the flag. The memory cgroup may also be at its "
        + "limit.";
    private const string MountBpfFs = $"mount one with 'mount -t bpf bpf {BpfFs}'";

    public static string? For(BpfCommand command, int errno, string? path)
    {
        if (path is not null && ForPin(command, errno, path) is { } advice)
            return advice;

        return errno switch
        {
            Errno.EPERM when command == BpfCommand.MmapPerfBuffer && !Credentials.HasLockCapability => LockedMemory(),
            Errno.EPERM or Errno.EACCES => KernelRights.Missing(command),
            Errno.ENOMEM when command is BpfCommand.Mmap or BpfCommand.MmapPerfBuffer => AddressSpace(),
            Errno.ENOMEM when command is BpfCommand.MapUpdateElem or BpfCommand.MapUpdateBatch => NoElement,
            _ => ForResource(errno),
        };
    }

    /// <summary>Returns advice about a map that could not be created.</summary>
    public static string? ForCreation(BpfMapType type, int errno) =>
        errno is Errno.EPERM or Errno.EACCES ? KernelRights.MissingForCreation(type) : ForResource(errno);

    /// <summary>Returns the privileges that are missing for a command, and how to get them.</summary>
    public static string Rights(BpfCommand command) => KernelRights.Missing(command);

    private static string? ForResource(int errno) =>
        errno switch
        {
            Errno.ENOMEM =>
                "The memory exceeds a limit: that of the memory cgroup since Linux 5.11, RLIMIT_MEMLOCK (ulimit -l) on older kernels.",
            Errno.EMFILE => "The process has no descriptors left: dispose maps that are no longer used, or raise the limit (ulimit -n).",
            Errno.ENFILE => "The system has no descriptors left: raise fs.file-max, or find the process that holds them.",
            Errno.ENOSYS => "bpf(2) is not available: the kernel was built without CONFIG_BPF_SYSCALL, or a sandbox blocks it.",
            _ => null,
        };

    private static string AddressSpace() =>
        Credentials.AddressSpace is { } limit
            ? $"The mapping exceeds the address space limit of {limit} bytes (RLIMIT_AS, ulimit -v): raise the limit."
            : "The address space of the process has no free range of this size, or too many mappings (vm.max_map_count).";

    private static string LockedMemory()
    {
        string setting = ProcFs.Setting("kernel.perf_event_mlock_kb") is { } value
            ? $"{value} KiB a CPU (kernel.perf_event_mlock_kb)"
            : "kernel.perf_event_mlock_kb a CPU";
        return $"Perf buffers are locked memory. Without CAP_IPC_LOCK, a user has {setting} plus RLIMIT_MEMLOCK (ulimit -l): "
            + "open smaller buffers with Open(pagesPerCpu), raise one of the limits, or grant the capability.";
    }

    private static string? ForPin(BpfCommand command, int errno, string path)
    {
        string directory = Path.GetDirectoryName(path) ?? "/";
        switch (errno)
        {
            case Errno.EEXIST:
                return PinAdvice.Taken(path);
            case Errno.ENOENT when command != BpfCommand.ObjPin && Libc.IsInBpfFs(ExistingDirectory(directory)):
                return PinAdvice.Missing(path, isOpened: command == BpfCommand.ObjGet);
            case Errno.ENOENT when !Directory.Exists(directory):
                return $"The directory '{directory}' does not exist: create it first"
                    + (IsBpfFsMounted() ? "." : $"; and no BPF file system is mounted at {BpfFs}: {MountBpfFs}.");
            case Errno.EACCES when PinAccess.WhyDenied(command, path) is { } denied:
                return denied;
            case Errno.ENOENT or Errno.EPERM or Errno.EACCES or Errno.EINVAL or Errno.ENOTDIR when !Libc.IsInBpfFs(directory):
                return PinAdvice.Elsewhere(
                    directory,
                    IsBpfFsMounted() ? $"use a path below {BpfFs}." : $"none is mounted at {BpfFs}, {MountBpfFs}."
                );
            case Errno.EPERM when path.AsSpan(directory.Length).Contains('.'):
                return PinAdvice.Reserved(path);
            case Errno.EPERM when PinAccess.WhyDenied(command, path) is { } denied:
                return denied;
            case Errno.EINVAL when File.Exists(path):
                return $"The pin '{path}' is not a map but, for example, a program or a link.";
            case Errno.EROFS:
                return $"The BPF file system of '{directory}' is mounted read-only: remount it with 'mount -o remount,rw', or use another one.";
            default:
                return null;
        }
    }

    private static string ExistingDirectory(string directory)
    {
        while (!Directory.Exists(directory) && Path.GetDirectoryName(directory) is { } parent)
            directory = parent;
        return directory;
    }

    private static bool IsBpfFsMounted() => Libc.IsInBpfFs(BpfFs);
}
