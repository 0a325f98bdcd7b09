using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A descriptor of a map or BTF. Owns one entry in the host's descriptor table and one reference to the object.</summary>
internal sealed class InMemoryDescriptor : SafeHandle
{
    private readonly DescriptorTable _table;
    private readonly SharedObject _object;

    /// <param name="table">The table that the descriptor is added to.</param>
    /// <param name="item">The object of the descriptor. The descriptor takes over the caller's reference.</param>
    /// <param name="access">The access that the descriptor allows.</param>
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

    /// <summary>The map; <see langword="null"/> if this is a descriptor of BTF.</summary>
    public InMemoryMap? Map { get; }

    /// <summary>The BTF; <see langword="null"/> if this is a descriptor of a map.</summary>
    public InMemoryBtf? Btf => _object as InMemoryBtf;

    /// <summary>The access that the descriptor allows.</summary>
    public BpfMapAccess Access { get; }

    protected override bool ReleaseHandle()
    {
        _table.Remove((int)handle);
        _object.Release();
        return true;
    }
}
