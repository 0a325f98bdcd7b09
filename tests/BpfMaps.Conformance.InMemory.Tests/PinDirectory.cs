namespace BpfMaps.Tests;

/// <summary>A directory for pins in the host's own file system, where directories need not be made; the pins in it go with it.</summary>
internal sealed class PinDirectory : IDisposable
{
    private readonly HashSet<string> _paths = [];

    public string Path { get; } = $"/sys/fs/bpf/{Guid.NewGuid():N}";

    public string this[string name]
    {
        get
        {
            string path = $"{Path}/{name}";
            _paths.Add(path);
            return path;
        }
    }

    public void Dispose()
    {
        foreach (string path in _paths)
            _ = TestHost.Current.Unpin(path); // Most of them are gone already, or never were.
    }
}
