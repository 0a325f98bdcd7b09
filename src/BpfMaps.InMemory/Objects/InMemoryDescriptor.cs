using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Owns one entry in a host's table of descriptors, and so a share in a map or in BTF.</summary>
internal sealed class InMemoryDescriptor : SafeHandle
{
    private readonly DescriptorTable _table;
    private readonly SharedObject _object;

    /// <param name="table">Where the descriptor is entered.</param>
    /// <param name="item">What it is of. The caller's hold of it becomes this object's.</param>
    /// <param name="access">What it allows.</param>
    public InMemoryDescriptor(DescriptorTable table, SharedObject item, BpfMapAccess access)
        : base(-1, ownsHandle: true)
    {
        _table = table;
        _object = item;
        Map = item as InMemoryMap;
        Access = access;
        SetHandle(table.Add(item, access));
    }

    public override bool IsInvalid => handle == -1;

    /// <summary>The map; <see langword="null"/> if it is BTF's descriptor.</summary>
    public InMemoryMap? Map { get; }

    /// <summary>The BTF; <see langword="null"/> if it is a map's descriptor.</summary>
    public InMemoryBtf? Btf => _object as InMemoryBtf;

    /// <summary>What it allows.</summary>
    public BpfMapAccess Access { get; }

    protected override bool ReleaseHandle()
    {
        _table.Remove((int)handle);
        _object.Release();
        return true;
    }
}
