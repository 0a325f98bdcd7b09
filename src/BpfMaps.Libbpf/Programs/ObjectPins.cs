using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Pins of programs and links.</summary>
internal static class ObjectPins
{
    public static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0'))
            throw new ArgumentException("The path contains a NUL, which ends it for the kernel.", nameof(path));
        return path.StartsWith('/') ? path : Path.GetFullPath(path);
    }

    public static OwnedDescriptor Open(string path, PinKind kind) =>
        TryOpen(path, kind, out OwnedDescriptor? descriptor) is var errno && errno == Errno.Ok
            ? descriptor!
            : throw Failure($"Opening the pin '{path}'", errno, BpfCommand.ObjGet, path, kind);

    /// <returns>0, or the error number: EINVAL if something else is pinned there.</returns>
    public static int TryOpen(string path, PinKind kind, out OwnedDescriptor? descriptor)
    {
        int errno = KernelCall.OpenPinned(path, out descriptor);
        if (errno != Errno.Ok)
            return errno;
        if (DescriptorKinds.Is(descriptor!, kind))
            return Errno.Ok;
        descriptor!.Dispose();
        descriptor = null;
        return Errno.EINVAL;
    }

    /// <summary>Pins an object and creates the directories that do not exist, if they are in a BPF file system.</summary>
    public static void Pin(SafeHandle handle, string path, PinKind kind)
    {
        string directory = Path.GetDirectoryName(path) ?? "/";
        if (!Directory.Exists(directory) && IsBelowBpfFs(directory))
            Directory.CreateDirectory(directory);
        int errno = BpfHost.Kernel.Pin(handle, path);
        ObjectDisposedException.ThrowIf(errno == Errno.EBADF && handle.IsClosed, handle);
        if (errno != Errno.Ok)
            throw Failure($"Pinning a {Name(kind)} at '{path}'", errno, BpfCommand.ObjPin, path, kind);
    }

    public static void Remove(string path, PinKind kind)
    {
        int errno = BpfHost.Kernel.Unpin(path);
        if (errno != Errno.Ok)
            throw Failure($"Removing the pin '{path}'", errno, BpfCommand.Unlink, path, kind);
    }

    public static InvalidOperationException NoPath(PinKind kind) =>
        new($"The {Name(kind)} was neither pinned nor opened from a pin with this object, so there is no pin to remove.");

    public static BpfException Failure(string what, int errno, BpfCommand command, string path, PinKind kind)
    {
        string? advice =
            errno == Errno.EINVAL && File.Exists(path)
                ? $"The pin '{path}' is not a {Name(kind)} but, for example, a {(kind == PinKind.Link ? "map or a program" : "map or a link")}."
                : KernelAdvice.For(command, errno, path);
        return BpfException.Of(what, errno, command, mapName: null, advice);
    }

    private static string Name(PinKind kind) => kind == PinKind.Link ? "link" : "program";

    private static bool IsBelowBpfFs(string directory)
    {
        string? existing = directory;
        while (existing is not null && !Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing);
        return existing is not null && Libc.IsInBpfFs(existing);
    }
}
