namespace BpfMaps.InMemory;

/// <summary>The pins of a host by path below the root. Directories need not be created; every parent of a pin is a directory.</summary>
internal sealed class PinTable
{
    private const int LongestName = 255;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryMap> _pins = new(StringComparer.Ordinal);
    private string _root = "/sys/fs/bpf";

    /// <summary>The directory that the emulated file system is mounted on.</summary>
    public string Root
    {
        get => _root;
        set => _root = Normalize(value);
    }

    /// <summary>Returns whether a path is in the emulated file system.</summary>
    public bool Covers(string path) => IsAtOrBelow(Normalize(path), _root);

    /// <summary>Pins a map.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="map">The map. On success, the pin takes over the caller's reference.</param>
    /// <returns>0, or the error number; on an error, the caller keeps its reference.</returns>
    public int Add(string path, InMemoryMap map)
    {
        lock (_gate)
        {
            int errno = Find(path, out string name, out _);
            switch (errno)
            {
                case Errno.Ok or Errno.EISDIR:
                    return Errno.EEXIST;
                case Errno.ENOENT when !Covers(path):
                    return Errno.EPERM;
                case Errno.ENOENT when !path.EndsWith('/'):
                    _pins.Add(name, map);
                    return Errno.Ok;
                default:
                    return errno;
            }
        }
    }

    /// <summary>Gets the map pinned at a path and acquires a reference for the caller.</summary>
    /// <returns>0, or the error number.</returns>
    public int Hold(string path, out InMemoryMap? map)
    {
        lock (_gate)
        {
            int errno = Find(path, out _, out map);
            if (errno != Errno.Ok)
                return errno == Errno.EISDIR ? Errno.EACCES : errno;
            bool isThere = map!.TryHold();
            return isThere ? Errno.Ok : Errno.ENOENT;
        }
    }

    /// <summary>Gets the name of the map pinned at a path; <see langword="null"/> if there is no pin.</summary>
    public string? NameOf(string path)
    {
        lock (_gate)
            return Find(path, out _, out InMemoryMap? map) == Errno.Ok ? map!.Name : null;
    }

    /// <summary>Removes a pin.</summary>
    /// <returns>0, or the error number; EPERM for a path outside the emulated file system.</returns>
    public int Remove(string path)
    {
        if (!Covers(path))
            return Errno.EPERM;

        InMemoryMap? map;
        lock (_gate)
        {
            int errno = Find(path, out string name, out map);
            if (errno != Errno.Ok)
                return errno;
            _pins.Remove(name);
        }

        map!.Release();
        return Errno.Ok;
    }

    /// <summary>Resolves a path.</summary>
    /// <returns>0 for a pin; ENOENT for a path that is free or outside the file system; EISDIR for a directory; another error for an
    /// invalid path.</returns>
    private int Find(string path, out string name, out InMemoryMap? map)
    {
        map = null;
        string place = name = Normalize(path);
        if (IsAtOrBelow(_root, place) || _pins.Keys.Any(pin => pin != place && IsAtOrBelow(pin, place)))
            return Errno.EISDIR;
        if (!IsAtOrBelow(name, _root))
            return Errno.ENOENT;

        ReadOnlySpan<char> inside = name.AsSpan(_root.Length);
        foreach (Range segment in inside.Split('/'))
        {
            if (inside[segment].Length > LongestName)
                return Errno.ENAMETOOLONG;
            if (inside[segment].Contains('.'))
                return Errno.EPERM; // The BPF file system reserves such names.
        }

        if (_pins.Keys.Any(pin => pin != place && IsAtOrBelow(place, pin)))
            return Errno.ENOTDIR;
        if (!_pins.TryGetValue(name, out map))
            return Errno.ENOENT;
        return path.EndsWith('/') ? Errno.ENOTDIR : Errno.Ok;
    }

    private static bool IsAtOrBelow(string path, string directory) =>
        directory == "/"
        || (path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/'));

    /// <summary>Normalizes a path: removes empty parts, "." and "..".</summary>
    private static string Normalize(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count != 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }
}
