namespace BpfMaps.Tests;

/// <summary>
/// A directory for pins in the host's emulated file system, where directories need not be created. Its pins are removed on disposal.
/// </summary>
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
            _ = TestHost.Current.Unpin(path); // Most of them were removed already, or never created.
    }
}
