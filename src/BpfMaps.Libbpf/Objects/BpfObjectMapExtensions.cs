namespace BpfMaps;

/// <summary>Passes maps of BPF objects to links.</summary>
public static class BpfObjectMapExtensions
{
    /// <summary>
    /// Replaces the structure of a link of a struct_ops map atomically (BPF_LINK_UPDATE, Linux 6.4). The program of other links is replaced
    /// with <see cref="BpfLink.Update(BpfProgram, BpfProgram?)"/>.
    /// </summary>
    /// <param name="link">The link.</param>
    /// <param name="map">A map of a loaded object, with <see cref="BpfMapFlags.Link"/>, and a structure of the same type and name.</param>
    /// <exception cref="InvalidOperationException">
    /// The object is not loaded yet, the map has another type, or it lacks <see cref="BpfMapFlags.Link"/>.
    /// </exception>
    /// <exception cref="NotSupportedException">The attachment is not a kernel link.</exception>
    /// <exception cref="BpfException">
    /// The link is not one of a struct_ops map, or the structures have other types or names (EINVAL), or the kernel cannot update
    /// structures of this type (EOPNOTSUPP).
    /// </exception>
    public static void Update(this BpfLink link, BpfObjectMap map)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(map);
        map.UpdateLink(link);
    }
}
