using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array whose memory can be mapped (BPF_MAP_TYPE_ARRAY with BPF_F_MMAPABLE, Linux 5.5): elements are read and written in place, without system calls.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public abstract class BpfMappedArrayMap<TValue> : BpfArrayMap<TValue>
    where TValue : unmanaged
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
    protected BpfMappedArrayMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Maps the array for reading and writing in place (mmap, Linux 5.5). Further calls share the mapping.</summary>
    /// <returns>A view to dispose. It stays good when the map is disposed first.</returns>
    /// <exception cref="BpfPermissionException">The map is frozen, then use <see cref="MapReadOnly"/>; or it was opened read-only or write-only.</exception>
    /// <exception cref="BpfException">The map was created without <see cref="BpfMapFlags.Mmapable"/>.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfArrayView<TValue> Map() => new(Raw.Map(), Length);

    /// <summary>Maps the array for reading in place (mmap, Linux 5.5); also possible when it is frozen. Further calls share the mapping.</summary>
    /// <returns>A view to dispose. It stays good when the map is disposed first.</returns>
    /// <exception cref="BpfPermissionException">The map was opened write-only.</exception>
    /// <exception cref="BpfException">The map was created without <see cref="BpfMapFlags.Mmapable"/>, or it was opened read-only, of which the kernel maps nothing (EINVAL).</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfReadOnlyArrayView<TValue> MapReadOnly() => new(Raw.MapReadOnly(), Length);
}
