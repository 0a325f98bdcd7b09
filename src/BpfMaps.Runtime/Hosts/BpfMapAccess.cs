namespace BpfMaps;

/// <summary>What user space may do through a descriptor of a map (BPF_OBJ_GET and BPF_MAP_GET_FD_BY_ID, <c>file_flags</c>; Linux 4.15).</summary>
public enum BpfMapAccess
{
    /// <summary>Read and write.</summary>
    ReadWrite = 0,

    /// <summary>Read only (BPF_F_RDONLY): updates and deletes answer EPERM.</summary>
    ReadOnly = 1,

    /// <summary>Write only (BPF_F_WRONLY): lookups and key walks answer EPERM.</summary>
    WriteOnly = 2,
}
