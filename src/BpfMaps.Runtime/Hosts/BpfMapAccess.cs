namespace BpfMaps;

/// <summary>
/// The operations that a descriptor of a map allows user space (BPF_OBJ_GET and BPF_MAP_GET_FD_BY_ID, <c>file_flags</c>; Linux 4.15).
/// </summary>
public enum BpfMapAccess
{
    /// <summary>Read and write.</summary>
    ReadWrite = 0,

    /// <summary>Read only (BPF_F_RDONLY): updates and deletes fail with EPERM.</summary>
    ReadOnly = 1,

    /// <summary>Write only (BPF_F_WRONLY): lookups and enumerations fail with EPERM.</summary>
    WriteOnly = 2,
}
