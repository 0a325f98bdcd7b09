namespace BpfMaps;

/// <summary>The type of a map, with the kernel's numbers (<c>enum bpf_map_type</c>).</summary>
#if BPFMAPS_RUNTIME
public
#else
internal
#endif
enum BpfMapType
{
    /// <summary>Unspecified (BPF_MAP_TYPE_UNSPEC).</summary>
    Unspecified = 0,

    /// <summary>A hash table (BPF_MAP_TYPE_HASH, Linux 3.19).</summary>
    Hash = 1,

    /// <summary>
    /// An array indexed by <see cref="uint"/>; can be mapped with <see cref="BpfMapFlags.Mmapable"/> (BPF_MAP_TYPE_ARRAY, Linux 3.19).
    /// </summary>
    Array = 2,

    /// <summary>An array of programs for tail calls (BPF_MAP_TYPE_PROG_ARRAY, Linux 4.2).</summary>
    ProgArray = 3,

    /// <summary>An array of perf event descriptors, one per CPU (BPF_MAP_TYPE_PERF_EVENT_ARRAY, Linux 4.3).</summary>
    PerfEventArray = 4,

    /// <summary>A hash table with one value per possible CPU (BPF_MAP_TYPE_PERCPU_HASH, Linux 4.6).</summary>
    PerCpuHash = 5,

    /// <summary>An array with one value per possible CPU (BPF_MAP_TYPE_PERCPU_ARRAY, Linux 4.6).</summary>
    PerCpuArray = 6,

    /// <summary>Stack traces by id (BPF_MAP_TYPE_STACK_TRACE, Linux 4.6).</summary>
    StackTrace = 7,

    /// <summary>An array of control groups (BPF_MAP_TYPE_CGROUP_ARRAY, Linux 4.8).</summary>
    CgroupArray = 8,

    /// <summary>A hash table that evicts its least recently used entries (BPF_MAP_TYPE_LRU_HASH, Linux 4.10).</summary>
    LruHash = 9,

    /// <summary>An LRU hash table with one value per possible CPU (BPF_MAP_TYPE_LRU_PERCPU_HASH, Linux 4.10).</summary>
    LruPerCpuHash = 10,

    /// <summary>A longest-prefix-match trie (BPF_MAP_TYPE_LPM_TRIE, Linux 4.11).</summary>
    LpmTrie = 11,

    /// <summary>An array of maps (BPF_MAP_TYPE_ARRAY_OF_MAPS, Linux 4.12).</summary>
    ArrayOfMaps = 12,

    /// <summary>A hash table of maps (BPF_MAP_TYPE_HASH_OF_MAPS, Linux 4.12).</summary>
    HashOfMaps = 13,

    /// <summary>An array of network devices to redirect to (BPF_MAP_TYPE_DEVMAP, Linux 4.14).</summary>
    DevMap = 14,

    /// <summary>An array of sockets to redirect to (BPF_MAP_TYPE_SOCKMAP, Linux 4.14).</summary>
    SockMap = 15,

    /// <summary>An array of CPUs to redirect packets to (BPF_MAP_TYPE_CPUMAP, Linux 4.15).</summary>
    CpuMap = 16,

    /// <summary>An array of AF_XDP sockets (BPF_MAP_TYPE_XSKMAP, Linux 4.18).</summary>
    XskMap = 17,

    /// <summary>A hash table of sockets to redirect to (BPF_MAP_TYPE_SOCKHASH, Linux 4.18).</summary>
    SockHash = 18,

    /// <summary>
    /// Storage per attached control group; deprecated by <see cref="CgrpStorage"/> (BPF_MAP_TYPE_CGROUP_STORAGE, Linux 4.19).
    /// </summary>
    CgroupStorage = 19,

    /// <summary>An array of listening sockets for SO_REUSEPORT (BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, Linux 4.19).</summary>
    ReusePortSockArray = 20,

    /// <summary>Storage per attached control group and possible CPU (BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE, Linux 4.20).</summary>
    PerCpuCgroupStorage = 21,

    /// <summary>A first-in first-out queue without keys (BPF_MAP_TYPE_QUEUE, Linux 4.20).</summary>
    Queue = 22,

    /// <summary>A last-in first-out stack without keys (BPF_MAP_TYPE_STACK, Linux 4.20).</summary>
    Stack = 23,

    /// <summary>Storage local to a socket (BPF_MAP_TYPE_SK_STORAGE, Linux 5.2).</summary>
    SkStorage = 24,

    /// <summary>A hash table of network devices to redirect to (BPF_MAP_TYPE_DEVMAP_HASH, Linux 5.4).</summary>
    DevMapHash = 25,

    /// <summary>An implementation of a kernel structure of function pointers (BPF_MAP_TYPE_STRUCT_OPS, Linux 5.6).</summary>
    StructOps = 26,

    /// <summary>A ring buffer that programs write and user space reads (BPF_MAP_TYPE_RINGBUF, Linux 5.8).</summary>
    RingBuf = 27,

    /// <summary>Storage local to an inode (BPF_MAP_TYPE_INODE_STORAGE, Linux 5.10).</summary>
    InodeStorage = 28,

    /// <summary>Storage local to a task (BPF_MAP_TYPE_TASK_STORAGE, Linux 5.11).</summary>
    TaskStorage = 29,

    /// <summary>A set with possible false positives but no false negatives (BPF_MAP_TYPE_BLOOM_FILTER, Linux 5.16).</summary>
    BloomFilter = 30,

    /// <summary>A ring buffer that user space writes and programs read (BPF_MAP_TYPE_USER_RINGBUF, Linux 6.1).</summary>
    UserRingBuf = 31,

    /// <summary>Storage local to a control group (BPF_MAP_TYPE_CGRP_STORAGE, Linux 6.2).</summary>
    CgrpStorage = 32,

    /// <summary>Sparse memory shared between programs and user space (BPF_MAP_TYPE_ARENA, Linux 6.9).</summary>
    Arena = 33,
}
