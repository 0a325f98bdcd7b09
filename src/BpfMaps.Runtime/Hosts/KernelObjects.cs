using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>What maps refer to and .NET does not open or tell: directories, any file without reading it, its number, processes.</summary>
internal static unsafe class KernelObjects
{
    // The same number on every architecture.
    private const nint PidFdOpen = 434;

    /// <summary>PIDFD_THREAD, which is O_EXCL.</summary>
    private const nint PidFdThread = 0x80;

    /// <summary>Opens a file, a directory or whatever is at a path, as a name for it and no more (O_PATH, Linux 2.6.39).</summary>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory on the way may not be searched.</exception>
    /// <exception cref="IOException">It could not be opened for another reason.</exception>
    public static SafeHandle OpenPath(string path) => Open(path);

    /// <summary>The number of the inode at a path (statx, Linux 4.11).</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    /// <inheritdoc cref="OpenPath"/>
    public static ulong InodeNumber(string path)
    {
        using OwnedDescriptor file = Open(path);
        int errno = Inodes.GetNumber(file.Number, out ulong number);
        return errno == Errno.Ok
            ? number
            : throw new BpfException($"Asking for the inode of '{path}' failed: statx answered {Errno.Describe(errno)}.", errno, "statx");
    }

    /// <summary>Opens a descriptor that stands for a process (pidfd_open, Linux 5.3), or for another thread than the first of one (Linux 6.9).</summary>
    /// <returns><see langword="null"/> if no process and no thread has the id.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public static SafeHandle? OpenTask(int taskId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(taskId);
        int errno = OpenPidFd(taskId, 0, out OwnedDescriptor? descriptor);
        // What a process has as its first thread is a process; of others newer kernels say ENOENT and older ones EINVAL.
        bool isThread = errno is Errno.ENOENT or Errno.EINVAL;
        if (isThread)
            errno = OpenPidFd(taskId, PidFdThread, out descriptor);
        if (errno is Errno.Ok or Errno.ESRCH)
            return descriptor;

        string advice = isThread && errno == Errno.EINVAL ? " It is a thread, and not the first of its process: the kernel has descriptors of such since Linux 6.9." : "";
        throw new BpfException($"Opening the task {taskId} failed: pidfd_open answered {Errno.Describe(errno)}.{advice}", errno, "pidfd_open");
    }

    private static OwnedDescriptor Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0'))
            throw new ArgumentException("The path has a NUL in it, where the kernel would take it to end.", nameof(path));
        int errno;
        OwnedDescriptor? descriptor;
        fixed (byte* pathName = Libc.NullTerminatedUtf8(path, stackalloc byte[256]))
            errno = OwnedDescriptor.Adopt(Libc.Open(pathName, Libc.OpenPath | Libc.OpenCloseOnExec), out descriptor);
        string answer = $"opening it answered {Errno.Describe(errno)}";
        return errno switch
        {
            Errno.Ok => descriptor!,
            Errno.ENOENT or Errno.ENOTDIR => throw new FileNotFoundException($"There is nothing at '{path}': {answer}.", path),
            Errno.EACCES or Errno.EPERM => throw new UnauthorizedAccessException($"'{path}' may not be opened: {answer}."),
            _ => throw new IOException($"'{path}' could not be opened: {answer}."),
        };
    }

    private static int OpenPidFd(int taskId, nint flags, out OwnedDescriptor? descriptor) =>
        OwnedDescriptor.Adopt((int)Libc.Syscall(PidFdOpen, taskId, flags, 0), out descriptor);
}
