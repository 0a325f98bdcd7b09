namespace BpfMaps;

/// <summary>
/// Whether the fields of keys and values were compared with the declaration when a map was opened. Type, sizes and flags are always
/// compared.
/// </summary>
public enum BpfFieldCheck
{
    /// <summary>
    /// There was nothing to compare: the map was created from its declaration, or its map type has no BTF (rings, perf event arrays).
    /// </summary>
    NotNeeded,

    /// <summary>The kernel has BTF for the map, and the offset, size and signedness of all fields match the declaration.</summary>
    Compared,

    /// <summary>Only sizes were compared: the map was created without BTF.</summary>
    NoTypes,

    /// <summary>
    /// Only sizes were compared: the kernel has BTF for the map, but this process cannot read it, which requires CAP_SYS_ADMIN
    /// (BPF_BTF_GET_FD_BY_ID, Linux 4.18), or this library does not support its format.
    /// </summary>
    TypesUnreadable,
}
