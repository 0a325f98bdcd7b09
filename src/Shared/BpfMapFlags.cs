namespace BpfMaps;

/// <summary>The flags of map creation (BPF_MAP_CREATE, <c>map_flags</c>).</summary>
[Flags]
#if BPFMAPS_RUNTIME
public
#else
internal
#endif
enum BpfMapFlags : uint
{
    /// <summary>No flags.</summary>
    None = 0,

    /// <summary>Hashes and tries: allocates elements when they are added (BPF_F_NO_PREALLOC, Linux 4.6). Tries require it.</summary>
    NoPrealloc = 1u << 0,

    /// <summary>LRU types: uses one LRU list per CPU instead of a common one (BPF_F_NO_COMMON_LRU, Linux 4.10).</summary>
    NoCommonLru = 1u << 1,

    /// <summary>Allocates on a given NUMA node (BPF_F_NUMA_NODE, Linux 4.14). <c>BpfMapSpec.NumaNode</c> sets this flag.</summary>
    NumaNode = 1u << 2,

    /// <summary>User space may read through this descriptor but not write (BPF_F_RDONLY, Linux 4.15).</summary>
    ReadOnly = 1u << 3,

    /// <summary>User space may write through this descriptor but not read (BPF_F_WRONLY, Linux 4.15).</summary>
    WriteOnly = 1u << 4,

    /// <summary>Stack traces contain build ids and offsets instead of addresses (BPF_F_STACK_BUILD_ID, Linux 4.17).</summary>
    StackBuildId = 1u << 5,

    /// <summary>Hash types: uses the seed 0 instead of a random seed; for measurements only (BPF_F_ZERO_SEED, Linux 5.0).</summary>
    ZeroSeed = 1u << 6,

    /// <summary>Programs may read but not write (BPF_F_RDONLY_PROG, Linux 5.2).</summary>
    ReadOnlyProgram = 1u << 7,

    /// <summary>Programs may write but not read (BPF_F_WRONLY_PROG, Linux 5.2).</summary>
    WriteOnlyProgram = 1u << 8,

    /// <summary>Socket storage is copied to accepted sockets (BPF_F_CLONE, Linux 5.4).</summary>
    Clone = 1u << 9,

    /// <summary>The memory of an array can be mapped (BPF_F_MMAPABLE, Linux 5.5).</summary>
    Mmapable = 1u << 10,

    /// <summary>Perf event arrays keep events that were set through a closed descriptor (BPF_F_PRESERVE_ELEMS, Linux 5.10).</summary>
    PreserveElements = 1u << 11,

    /// <summary>Arrays in a map of maps may differ in size (BPF_F_INNER_MAP, Linux 5.10).</summary>
    InnerMap = 1u << 12,

    /// <summary>A struct_ops map that is attached through a link (BPF_F_LINK, Linux 6.4).</summary>
    Link = 1u << 13,

    /// <summary>The BTF of the value type comes from a module (BPF_F_VTYPE_BTF_OBJ_FD, Linux 6.9).</summary>
    ValueTypeBtfObject = 1u << 15,

    /// <summary>A BPF token authorizes the creation (BPF_F_TOKEN_FD, Linux 6.9).</summary>
    Token = 1u << 16,

    /// <summary>Accessing an unallocated page of an arena is a fault instead of an allocation (BPF_F_SEGV_ON_FAULT, Linux 6.9).</summary>
    SegvOnFault = 1u << 17,

    /// <summary>Pointers in an arena are not converted between user and kernel addresses (BPF_F_NO_USER_CONV, Linux 6.9).</summary>
    NoUserConversion = 1u << 18,
}
