namespace BpfMaps.InMemory;

/// <summary>The file system of pins: paths below its root that hold maps. Directories need not be made, they are where a path names them.</summary>
internal sealed class PinTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryMap> _pins = new(StringComparer.Ordinal);

    /// <summary>The directory that this file system is mounted on.</summary>
    public string Root { get; set; } = "/sys/fs/bpf";

    /// <summary>Whether a path is in this file system.</summary>
    public bool Covers(string path) => IsBelow(path, Root.TrimEnd('/'));

    /// <summary>Pins a map.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="map">The map, held for the pin by the caller.</param>
    /// <returns>0, or the error number; then the caller keeps its hold.</returns>
    public int Add(string path, InMemoryMap map)
    {
        if (!Covers(path))
            return Errno.EPERM;

        lock (_gate)
        {
            if (IsTaken(path))
                return Errno.EEXIST;
            if (HasPinAbove(path))
                return Errno.ENOTDIR;
            // The file system keeps names with a '.' for itself.
            if (path.AsSpan(path.LastIndexOf('/')).Contains('.'))
                return Errno.EPERM;

            _pins.Add(path, map);
            return Errno.Ok;
        }
    }

    /// <summary>Finds what is pinned, held for the caller.</summary>
    /// <returns>0, or the error number.</returns>
    public int Hold(string path, out InMemoryMap? map)
    {
        map = null;
        lock (_gate)
        {
            if (!_pins.TryGetValue(path, out InMemoryMap? pinned))
                return Missing(path);
            if (!pinned.TryHold())
                return Errno.ENOENT;
            map = pinned;
            return Errno.Ok;
        }
    }

    /// <summary>Removes a pin.</summary>
    /// <returns>0, or the error number.</returns>
    public int Remove(string path)
    {
        InMemoryMap? pinned;
        lock (_gate)
        {
            if (!_pins.Remove(path, out pinned))
                return Missing(path);
        }

        pinned.Release();
        return Errno.Ok;
    }

    private int Missing(string path) => !Covers(path) ? Errno.EPERM : HasPinAbove(path) ? Errno.ENOTDIR : Errno.ENOENT;

    private bool IsTaken(string path) => _pins.ContainsKey(path) || _pins.Keys.Any(pin => IsBelow(pin, path));

    private bool HasPinAbove(string path) => _pins.Keys.Any(pin => IsBelow(path, pin));

    private static bool IsBelow(string path, string directory) =>
        path.Length > directory.Length + 1 && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal);
}
