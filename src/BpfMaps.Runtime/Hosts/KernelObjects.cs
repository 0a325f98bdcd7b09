using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>
/// Opens objects that maps refer to and that .NET cannot open: directories, files without reading them, processes. Reads inode numbers.
/// </summary>
internal static unsafe class KernelObjects
{
    // The same number on every architecture.
    private const nint PidFdOpen = 434;

    /// <summary>PIDFD_THREAD, which is O_EXCL.</summary>
    private const nint PidFdThread = 0x80;

    /// <summary>Opens whatever exists at a path as a mere reference to it (O_PATH, Linux 2.6.39).</summary>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory of the path cannot be searched.</exception>
    /// <exception cref="IOException">It could not be opened for another reason.</exception>
    public static SafeHandle OpenPath(string path) => Open(path);

    /// <summary>Reads the inode number of a path (statx, Linux 4.11).</summary>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    /// <inheritdoc cref="OpenPath"/>
    public static ulong InodeNumber(string path)
    {
        using OwnedDescriptor file = Open(path);
        int errno = Inodes.GetNumber(file.Number, out ulong number);
        return errno == Errno.Ok
            ? number
            : throw new BpfException($"Reading the inode of '{path}' failed: statx returned {Errno.Describe(errno)}.", errno, "statx");
    }

    /// <summary>
    /// Opens a descriptor of a process (pidfd_open, Linux 5.3), or of a thread that is not the first of its process (Linux 6.9).
    /// </summary>
    /// <returns><see langword="null"/> if no process and no thread has the id.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public static SafeHandle? OpenTask(int taskId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(taskId);
        int errno = OpenPidFd(taskId, 0, out OwnedDescriptor? descriptor);
        // The first thread of a process is opened as the process. For other threads, newer kernels return ENOENT and older kernels EINVAL.
        bool isThread = errno is Errno.ENOENT or Errno.EINVAL;
        if (isThread)
            errno = OpenPidFd(taskId, PidFdThread, out descriptor);
        if (errno is Errno.Ok or Errno.ESRCH)
            return descriptor;

        string advice =
            isThread && errno == Errno.EINVAL
                ? " It is not the first thread of its process; descriptors of other threads require Linux 6.9."
                : "";
        throw new BpfException($"Opening task {taskId} failed: pidfd_open returned {Errno.Describe(errno)}.{advice}", errno, "pidfd_open");
    }

    private static OwnedDescriptor Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0'))
            throw new ArgumentException("The path contains a NUL, which ends it for the kernel.", nameof(path));
        int errno;
        OwnedDescriptor? descriptor;
        fixed (byte* pathName = Libc.NullTerminatedUtf8(path, stackalloc byte[256]))
            errno = OwnedDescriptor.Adopt(Libc.Open(pathName, Libc.OpenPath | Libc.OpenCloseOnExec), out descriptor);
        string error = $"open returned {Errno.Describe(errno)}";
        return errno switch
        {
            Errno.Ok => descriptor!,
            Errno.ENOENT or Errno.ENOTDIR => throw new FileNotFoundException($"'{path}' does not exist: {error}.", path),
            Errno.EACCES or Errno.EPERM => throw new UnauthorizedAccessException($"Access to '{path}' is denied: {error}."),
            _ => throw new IOException($"Opening '{path}' failed: {error}."),
        };
    }

    private static int OpenPidFd(int taskId, nint flags, out OwnedDescriptor? descriptor) =>
        OwnedDescriptor.Adopt((int)Libc.Syscall(PidFdOpen, taskId, flags, 0), out descriptor);
}
