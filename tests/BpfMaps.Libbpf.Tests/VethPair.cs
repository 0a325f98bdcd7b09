namespace BpfMaps.Tests;

/// <summary>A pair of virtual network interfaces, which is removed on disposal.</summary>
internal sealed class VethPair : IDisposable
{
    private static int s_count;

    private bool _isRemoved;

    public VethPair()
    {
        Require.Root();
        _ = Require.Program("ip", "iproute2");
        Name = $"bm{Environment.ProcessId % 100_000}x{Interlocked.Increment(ref s_count)}";
        Create();
    }

    public string Name { get; }

    /// <summary>Creates the pair again after <see cref="Remove"/>. The interfaces have other indices then.</summary>
    public void Create()
    {
        _ = Processes.Run("ip", "link", "add", Name, "type", "veth", "peer", "name", Name + "p");
        _isRemoved = false;
    }

    public void Remove()
    {
        if (!_isRemoved)
            _ = Processes.Run("ip", "link", "del", Name);
        _isRemoved = true;
    }

    public void Dispose() => Remove();
}
