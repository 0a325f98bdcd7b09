namespace BpfMaps;

/// <summary>Whether the fields of keys and values were compared with the declaration when a map was opened. Kind, sizes and flags always are.</summary>
public enum BpfFieldCheck
{
    /// <summary>There was nothing to compare: the map was created from its declaration, or its kind has no types that the kernel could know (rings, perf event arrays).</summary>
    NotNeeded,

    /// <summary>The kernel has types for the map, and offset, size and sign of their fields are as declared.</summary>
    Compared,

    /// <summary>Only sizes were compared: the kernel has no types for the map, as whoever created it gave none.</summary>
    NoTypes,

    /// <summary>
    /// Only sizes were compared: the kernel has types for the map, but this process cannot read them. That needs CAP_SYS_ADMIN (BPF_BTF_GET_FD_BY_ID, Linux 4.18);
    /// with it, they are of a form that this library does not know.
    /// </summary>
    TypesUnreadable,
}
