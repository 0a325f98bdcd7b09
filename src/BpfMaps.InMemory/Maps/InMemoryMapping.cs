using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A mapping of a map's memory. It holds the map; the address is the handle.</summary>
internal sealed class InMemoryMapping : SafeHandle
{
    private readonly InMemoryMap _map;
    private readonly bool _isWritable;

    /// <param name="map">The map, held for this mapping.</param>
    /// <param name="address">Where its memory is.</param>
    /// <param name="isWritable">Whether it may be written to.</param>
    public InMemoryMapping(InMemoryMap map, nint address, bool isWritable)
        : base(0, ownsHandle: true)
    {
        _map = map;
        _isWritable = isWritable;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _map.Unmap(_isWritable);
        return true;
    }
}
