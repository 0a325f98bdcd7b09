using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array whose elements can be read and written in mapped memory, without system calls (BPF_MAP_TYPE_ARRAY with BPF_F_MMAPABLE, Linux
/// 5.5).
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public abstract class BpfMappedArrayMap<TValue> : BpfArrayMap<TValue>
    where TValue : unmanaged
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfMappedArrayMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Maps the array for reading and writing in place (mmap, Linux 5.5). All calls share one mapping.</summary>
    /// <returns>A view, to be disposed by the caller. It remains valid if the map is disposed first.</returns>
    /// <exception cref="BpfPermissionException">
    /// The map is frozen (use <see cref="MapReadOnly"/>), or was opened read-only or write-only.
    /// </exception>
    /// <exception cref="BpfException">The map was created without <see cref="BpfMapFlags.Mmapable"/>.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfArrayView<TValue> Map() => new(Raw.Map(), Length);

    /// <summary>
    /// Maps the array for reading in place (mmap, Linux 5.5); also possible when it is frozen. All calls share one mapping.
    /// </summary>
    /// <returns>A view, to be disposed by the caller. It remains valid if the map is disposed first.</returns>
    /// <exception cref="BpfPermissionException">The map was opened write-only.</exception>
    /// <exception cref="BpfException">
    /// The map was created without <see cref="BpfMapFlags.Mmapable"/>, or was opened read-only, for which the kernel maps no memory
    /// (EINVAL).
    /// </exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfReadOnlyArrayView<TValue> MapReadOnly() => new(Raw.MapReadOnly(), Length);
}
