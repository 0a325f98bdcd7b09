namespace BpfMaps;

// Pins: paths in a BPF file system that keep a map alive without a process.
public sealed partial class RawMap
{
    /// <summary>
    /// Gets the path that the map was opened from or last pinned at with this object; <see langword="null"/> if there is none.
    /// </summary>
    /// <remarks>The kernel does not report the pins of a map, so pins of other objects and processes are not included.</remarks>
    public string? PinPath { get; internal set; }

    /// <summary>Pins the map at a path in a BPF file system, which keeps it alive without a process (BPF_OBJ_PIN, Linux 4.4).</summary>
    /// <param name="path">The path, in an existing directory of a BPF file system such as /sys/fs/bpf; the file name without a '.'.</param>
    /// <exception cref="BpfPermissionException">
    /// The directory is not in a BPF file system, the file name contains a '.', or a privilege is missing (EPERM); the message says which.
    /// </exception>
    /// <exception cref="BpfException">The path exists (EEXIST), or its directory does not (ENOENT).</exception>
    public void Pin(string path)
    {
        path = FullPinPath(path);
        int errno = _host.Pin(_handle, path);
        if (errno == Errno.EBADF)
            throw Failure(errno, BpfCommand.ObjPin);
        if (errno != Errno.Ok)
            throw PinFailure(_host, errno, BpfCommand.ObjPin, path, Name);
        PinPath = path;
    }

    /// <summary>Removes the pin <see cref="PinPath"/>. The map exists as long as anything else references it.</summary>
    /// <exception cref="InvalidOperationException">The map was neither pinned nor opened from a pin with this object.</exception>
    /// <exception cref="BpfException">The pin does not exist (ENOENT), or removing it was denied.</exception>
    public void Unpin() =>
        Unpin(
            PinPath
                ?? throw new InvalidOperationException(
                    $"Map {this} was neither pinned nor opened from a pin with this object: pass the path to Unpin."
                )
        );

    /// <summary>Removes a pin.</summary>
    /// <param name="path">The pin. Files outside a BPF file system are never removed.</param>
    /// <exception cref="BpfException">The pin does not exist (ENOENT), or removing it was denied.</exception>
    public void Unpin(string path)
    {
        path = FullPinPath(path);
        int errno = _host.Unpin(path);
        if (errno != Errno.Ok)
            throw PinFailure(_host, errno, BpfCommand.Unlink, path, Name);
        if (path == PinPath)
            PinPath = null;
    }

    private static string FullPinPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0'))
            throw new ArgumentException("The path contains a NUL, which ends it for the kernel.", nameof(path));
        return path.StartsWith('/') ? path : Path.GetFullPath(path);
    }
}
