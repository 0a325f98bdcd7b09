namespace BpfMaps;

/// <summary>The information that the kernel has about a frame (<c>enum bpf_stack_build_id_status</c>).</summary>
public enum BpfStackBuildIdStatus
{
    /// <summary>The stack has no such frame.</summary>
    Empty = 0,

    /// <summary>The build id of the file and the offset in the file.</summary>
    Valid = 1,

    /// <summary>Only the address; the build id of the file could not be read.</summary>
    Address = 2,
}
