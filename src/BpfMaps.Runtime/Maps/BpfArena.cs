using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Memory that programs and this process share, with pointers in it that mean the same to both (BPF_MAP_TYPE_ARENA, Linux 6.9).</summary>
/// <remarks>
/// Its capacity counts pages. A page is there once this process touched it or a program allocated it (<c>bpf_arena_alloc_pages</c>); with <see cref="BpfMapFlags.SegvOnFault"/> only the
/// latter, and touching another one ends the process. All who map an arena map it at one address: that of <see cref="BpfMapSpec.MapExtra"/>, else that of
/// the first mapping, which the kernel tells nobody. A program that uses an arena without an address is loaded after it was mapped.
/// </remarks>
public abstract class BpfArena : BpfMap
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Arena];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    protected BpfArena(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>The size in pages of <see cref="Environment.SystemPageSize"/> bytes.</summary>
    public int PageCount => checked((int)Raw.MaxEntries);

    /// <summary>The size in bytes.</summary>
    public long Length => (long)Raw.MaxEntries * Environment.SystemPageSize;

    /// <summary>Maps the arena for reading and writing in place (mmap, Linux 6.9). Further calls share the mapping.</summary>
    /// <returns>A view to dispose. It stays good when the map is disposed first.</returns>
    /// <exception cref="BpfPermissionException">The map is frozen, or it was opened read-only or write-only.</exception>
    /// <exception cref="BpfException">Something else in this process is at the arena's address (EBUSY), or it was mapped before at one that is not known (EINVAL).</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfArenaView Map() => new(Raw.Map());
}
