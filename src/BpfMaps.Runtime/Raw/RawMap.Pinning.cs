namespace BpfMaps;

// Pins: names in a BPF file system that keep a map alive without a process.
public sealed partial class RawMap
{
    /// <summary>The path that this object was opened from or that it pinned the map at last; <see langword="null"/> if neither.</summary>
    /// <remarks>The kernel does not tell at which paths a map is pinned: pins made by others are not known here.</remarks>
    public string? PinPath { get; private set; }

    /// <summary>Whether <see cref="PinPath"/> is set.</summary>
    public bool IsPinned => PinPath is not null;

    /// <summary>Gives the map a name in a BPF file system, which keeps it alive without a process (BPF_OBJ_PIN, Linux 4.4).</summary>
    /// <param name="path">The name, in an existing directory below a bpffs mount such as /sys/fs/bpf; without a '.' in it.</param>
    /// <exception cref="BpfPermissionException">The directory is not in a BPF file system, the name has a '.' in it, or a right is missing (EPERM); the message says which.</exception>
    /// <exception cref="BpfException">Something is pinned there (EEXIST), or the directory does not exist (ENOENT).</exception>
    public void Pin(string path)
    {
        path = FullPinPath(path);
        int errno = _host.Pin(_handle, path);
        if (errno == Errno.EBADF)
            throw Failure(errno, "BPF_OBJ_PIN");
        if (errno != Errno.Ok)
            throw PinFailure(_host, errno, "BPF_OBJ_PIN", path, Name);
        PinPath = path;
    }

    /// <summary>Removes the pin <see cref="PinPath"/>. The map lives on while somebody holds it.</summary>
    /// <exception cref="InvalidOperationException">This object neither pinned the map nor opened it from a pin.</exception>
    /// <exception cref="BpfException">The pin is gone (ENOENT), or may not be removed.</exception>
    public void Unpin() =>
        Unpin(PinPath ?? throw new InvalidOperationException($"Map {this} was neither pinned nor opened from a pin here: name the pin with Unpin(path)."));

    /// <summary>Removes a pin.</summary>
    /// <param name="path">The pin. Files outside a BPF file system are never removed.</param>
    /// <exception cref="BpfException">The pin is gone (ENOENT), or may not be removed.</exception>
    public void Unpin(string path)
    {
        path = FullPinPath(path);
        int errno = _host.Unpin(path);
        if (errno != Errno.Ok)
            throw PinFailure(_host, errno, "unlink", path, Name);
        if (path == PinPath)
            PinPath = null;
    }

    private static string FullPinPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0'))
            throw new ArgumentException("The path has a NUL in it, where the kernel would take it to end.", nameof(path));
        return path.StartsWith('/') ? path : Path.GetFullPath(path);
    }
}
