using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Descriptors of what maps refer to and .NET opens none of: directories, any file without reading it, processes.</summary>
internal static unsafe class KernelObjects
{
    // The same number on every architecture.
    private const nint PidFdOpen = 434;

    /// <summary>Opens a file, a directory or whatever is at a path, as a name for it and no more (O_PATH, Linux 2.6.39).</summary>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory on the way may not be searched.</exception>
    /// <exception cref="IOException">It could not be opened for another reason.</exception>
    public static SafeHandle OpenPath(string path)
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

    /// <summary>Opens a descriptor that stands for a process (pidfd_open, Linux 5.3).</summary>
    /// <exception cref="ArgumentException">No such process is running.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public static SafeHandle OpenProcess(int processId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(processId);
        int errno = OwnedDescriptor.Adopt((int)Libc.Syscall(PidFdOpen, processId, 0, 0), out OwnedDescriptor? descriptor);
        return errno switch
        {
            Errno.Ok => descriptor!,
            Errno.ESRCH => throw new ArgumentException($"No process with the id {processId} is running.", nameof(processId)),
            _ => throw new BpfException($"Opening process {processId} failed: pidfd_open answered {Errno.Describe(errno)}.", errno, "pidfd_open"),
        };
    }
}
