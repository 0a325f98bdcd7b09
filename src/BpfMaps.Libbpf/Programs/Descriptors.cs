using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Creates file descriptors for the duration of a libbpf call or the lifetime of a link.</summary>
internal static unsafe class Descriptors
{
    /// <summary>Opens a file or directory for reading.</summary>
    /// <param name="path">The path.</param>
    /// <param name="what">The kind of the file, as in "Opening ... failed".</param>
    /// <exception cref="BpfObjectException">The file cannot be opened.</exception>
    public static OwnedDescriptor Open(string path, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Span<byte> utf8 = Libc.NullTerminatedUtf8(path, stackalloc byte[512]);
        fixed (byte* pointer = utf8)
        {
            int errno = OwnedDescriptor.Adopt(
                Libc.Open(pointer, Libc.OpenReadOnly | Libc.OpenCloseOnExec),
                out OwnedDescriptor? descriptor
            );
            return descriptor ?? throw Call.Failure($"Opening {what} '{path}'", "open", errno, log: "");
        }
    }

    /// <summary>Duplicates a descriptor.</summary>
    /// <param name="handle">The descriptor. The caller keeps ownership.</param>
    /// <param name="what">The object of the descriptor, as in "Duplicating the descriptor of ... failed".</param>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    public static OwnedDescriptor Duplicate(SafeHandle handle, string what)
    {
        ArgumentNullException.ThrowIfNull(handle);
        bool held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            return Duplicate((int)handle.DangerousGetHandle(), what);
        }
        finally
        {
            if (held)
                handle.DangerousRelease();
        }
    }

    /// <inheritdoc cref="Duplicate(SafeHandle, string)"/>
    /// <param name="descriptor">The descriptor. The caller keeps ownership and keeps it open during the call.</param>
    /// <param name="what">The object of the descriptor.</param>
    public static OwnedDescriptor Duplicate(int descriptor, string what)
    {
        int errno = OwnedDescriptor.Adopt(Libc.Fcntl(descriptor, Libc.FcntlDuplicateCloseOnExec, 0), out OwnedDescriptor? duplicate);
        return duplicate ?? throw Call.Failure($"Duplicating the descriptor of {what}", "fcntl(F_DUPFD_CLOEXEC)", errno, log: "");
    }
}
