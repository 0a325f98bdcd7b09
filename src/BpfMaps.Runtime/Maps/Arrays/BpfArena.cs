using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Memory that programs and this process share at the same address, so that it can contain pointers (BPF_MAP_TYPE_ARENA, Linux 6.9).
/// </summary>
/// <remarks>
/// The capacity is the number of pages. A page is allocated when this process accesses it or a program allocates it
/// (<c>bpf_arena_alloc_pages</c>). With <see cref="BpfMapFlags.SegvOnFault"/>, only programs can allocate pages, and accessing any other
/// page ends the process. All mappings of an arena have the same address: <see cref="BpfMapSpec.MapExtra"/>, or that of the first mapping,
/// which the kernel does not report. A program that uses an arena without an address must be loaded after the arena was mapped.
/// </remarks>
public abstract class BpfArena : BpfMap
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Arena];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    protected BpfArena(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Gets the size in pages of <see cref="Environment.SystemPageSize"/> bytes.</summary>
    internal int PageCount => checked((int)Raw.MaxEntries);

    /// <summary>Gets the size in bytes.</summary>
    internal long Length => (long)Raw.MaxEntries * Environment.SystemPageSize;

    /// <summary>Maps the arena for reading and writing in place (mmap, Linux 6.9). All calls share one mapping.</summary>
    /// <returns>A view, to be disposed by the caller. It remains valid if the map is disposed first.</returns>
    /// <exception cref="BpfPermissionException">The map is frozen, or it was opened read-only or write-only.</exception>
    /// <exception cref="BpfException">The address of the arena is in use in this process (EBUSY), or is unknown (EINVAL).</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfArenaView Map() => new(Raw.Map());
}
