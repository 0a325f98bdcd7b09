using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A mapping of a map's memory. It holds a reference to the map; the handle is the address.</summary>
internal sealed class InMemoryMapping : SafeHandle
{
    private readonly InMemoryMap _map;
    private readonly bool _isWritable;

    /// <param name="map">The map; this object takes over the caller's reference.</param>
    /// <param name="address">The address of the memory.</param>
    /// <param name="isWritable">Whether the mapping is writable.</param>
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
