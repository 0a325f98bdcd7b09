namespace BpfMaps;

internal sealed partial record MapTypeFacts
{
    private const string Maps = "maps";

    private const BpfMapFlags UserAccess = BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly;
    private const BpfMapFlags Access = UserAccess | BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram;
    private const BpfMapFlags Hashing = BpfMapFlags.NoPrealloc | BpfMapFlags.NumaNode | BpfMapFlags.ZeroSeed | Access;
    private const BpfMapFlags LruHashing = BpfMapFlags.NoCommonLru | BpfMapFlags.NumaNode | BpfMapFlags.ZeroSeed | Access;
    private const BpfMapFlags Plain = BpfMapFlags.NumaNode | Access;
    private const BpfMapFlags Objects = BpfMapFlags.NumaNode | UserAccess;

    /// <summary>The overhead of a value: a key, and the header of an element.</summary>
    private const int ElementOverhead = KernelLimits.LargestKey + 64;

    private const int LargestAllocatedValue = KernelLimits.LargestAllocation - ElementOverhead;

    /// <summary>BPF_LOCAL_STORAGE_MAX_VALUE_SIZE: the header of an element has at least 64 bytes.</summary>
    private const int LargestStoredValue = KernelLimits.LargestStorage - 64;

    private static readonly MapTypeFacts s_unknown = new(BpfMapType.Unspecified, new(0, 0)) { Keys = MapKeyRule.Any };

    // Sources: kernel/bpf/{hashtab,arraymap,lpm_trie,queue_stack_maps,bloom_filter,ringbuf,stackmap,local_storage,bpf_local_storage,...}.c
    private static readonly MapTypeFacts?[] s_all = ByNumber(
        new(BpfMapType.Hash, new(3, 19))
        {
            Class = "BpfHashMap",
            Keys = MapKeyRule.Any,
            Flags = Hashing,
            Privilege = MapPrivilege.None,
            IsHash = true,
            TakesSpinLock = true,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.Array, new(3, 19))
        {
            Class = "BpfArrayMap",
            Keys = MapKeyRule.Index,
            Flags = Plain | BpfMapFlags.Mmapable | BpfMapFlags.InnerMap,
            Privilege = MapPrivilege.None,
            TakesSpinLock = true,
        },
        new(BpfMapType.ProgArray, new(4, 2))
        {
            Class = "BpfProgArray",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = "programs",
            Flags = Objects,
            Privilege = MapPrivilege.None,
            CannotBeInner = true,
        },
        new(BpfMapType.PerfEventArray, new(4, 3))
        {
            Class = "BpfPerfEventArray",
            Keys = MapKeyRule.Cpu,
            Values = MapValueRule.Record,
            Capacity = MapCapacityRule.Cpus,
            Flags = Objects | BpfMapFlags.PreserveElements,
            Privilege = MapPrivilege.None,
            IsWrittenByPrograms = true,
        },
        new(BpfMapType.PerCpuHash, new(4, 6))
        {
            Class = "BpfPerCpuHashMap",
            Keys = MapKeyRule.Any,
            Flags = Hashing & ~BpfMapFlags.NumaNode,
            Privilege = MapPrivilege.None,
            IsPerCpu = true,
            IsHash = true,
            LargestValue = KernelLimits.LargestPerCpuValue,
        },
        new(BpfMapType.PerCpuArray, new(4, 6))
        {
            Class = "BpfPerCpuArrayMap",
            Keys = MapKeyRule.Index,
            Flags = Access,
            Privilege = MapPrivilege.None,
            IsPerCpu = true,
            LargestValue = KernelLimits.LargestPerCpuValue,
        },
        new(BpfMapType.StackTrace, new(4, 6))
        {
            Class = "BpfStackTraceMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Frames,
            Holds = "stacks",
            Flags = Objects | BpfMapFlags.StackBuildId,
        },
        new(BpfMapType.CgroupArray, new(4, 8))
        {
            Class = "BpfCgroupArray",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = "cgroups",
            Flags = Objects,
            Privilege = MapPrivilege.None,
        },
        new(BpfMapType.LruHash, new(4, 10))
        {
            Class = "BpfHashMap",
            Keys = MapKeyRule.Any,
            Flags = LruHashing,
            IsHash = true,
            IsLru = true,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.LruPerCpuHash, new(4, 10))
        {
            Class = "BpfPerCpuHashMap",
            Keys = MapKeyRule.Any,
            Flags = LruHashing & ~BpfMapFlags.NumaNode,
            IsPerCpu = true,
            IsHash = true,
            IsLru = true,
            LargestValue = KernelLimits.LargestPerCpuValue,
        },
        new(BpfMapType.LpmTrie, new(4, 11))
        {
            Class = "BpfLpmTrieMap",
            Keys = MapKeyRule.Prefix,
            Flags = Plain | BpfMapFlags.NoPrealloc,
            RequiredFlags = BpfMapFlags.NoPrealloc,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.ArrayOfMaps, new(4, 12))
        {
            Class = "BpfArrayOfMaps",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = Maps,
            Flags = Objects,
            Privilege = MapPrivilege.None,
            CannotBeInner = true,
        },
        new(BpfMapType.HashOfMaps, new(4, 12))
        {
            Class = "BpfHashOfMaps",
            Keys = MapKeyRule.Any,
            Values = MapValueRule.Descriptor,
            Holds = Maps,
            Flags = Hashing,
            Privilege = MapPrivilege.None,
            IsHash = true,
            CannotBeInner = true,
        },
        new(BpfMapType.DevMap, new(4, 14))
        {
            Class = "BpfDevMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Target,
            Holds = "network interfaces",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.SockMap, new(4, 14))
        {
            Class = "BpfSockMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Socket,
            Holds = "sockets",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.CpuMap, new(4, 15))
        {
            Class = "BpfCpuMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Target,
            Holds = "CPUs",
            Capacity = MapCapacityRule.Cpus,
            Flags = BpfMapFlags.NumaNode,
        },
        new(BpfMapType.XskMap, new(4, 18))
        {
            Class = "BpfXskMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = "sockets",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.SockHash, new(4, 18))
        {
            Class = "BpfSockHash",
            Keys = MapKeyRule.Any,
            Values = MapValueRule.Socket,
            Holds = "sockets",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.CgroupStorage, new(4, 19))
        {
            Class = "BpfAttachedCgroupStorage",
            Keys = MapKeyRule.CgroupStorage,
            Capacity = MapCapacityRule.None,
            Flags = Plain,
            Privilege = MapPrivilege.None,
            TakesSpinLock = true,
            CannotBeInner = true,
        },
        new(BpfMapType.ReusePortSockArray, new(4, 19))
        {
            Class = "BpfReusePortSockArray",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Socket,
            Holds = "sockets",
            Flags = Plain,
        },
        new(BpfMapType.PerCpuCgroupStorage, new(4, 20))
        {
            Class = "BpfAttachedPerCpuCgroupStorage",
            Keys = MapKeyRule.CgroupStorage,
            Capacity = MapCapacityRule.None,
            Flags = Plain,
            Privilege = MapPrivilege.None,
            IsPerCpu = true,
            CannotBeInner = true,
            LargestValue = KernelLimits.LargestPerCpuValue,
        },
        new(BpfMapType.Queue, new(4, 20))
        {
            Class = "BpfQueueMap",
            Keys = MapKeyRule.None,
            Flags = Plain,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.Stack, new(4, 20))
        {
            Class = "BpfStackMap",
            Keys = MapKeyRule.None,
            Flags = Plain,
            LargestValue = LargestAllocatedValue,
        },
        LocalStorage(BpfMapType.SkStorage, new(5, 2), "BpfSkStorage"),
        new(BpfMapType.DevMapHash, new(5, 4))
        {
            Class = "BpfDevMapHash",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Target,
            Holds = "network interfaces",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.StructOps, new(5, 6)) { Keys = MapKeyRule.Index, Flags = BpfMapFlags.Link | BpfMapFlags.ValueTypeBtfObject },
        new(BpfMapType.RingBuf, new(5, 8))
        {
            Class = "BpfRingBuffer",
            Keys = MapKeyRule.None,
            Values = MapValueRule.Record,
            Capacity = MapCapacityRule.Bytes,
            Flags = BpfMapFlags.NumaNode,
            Privilege = MapPrivilege.None,
            IsWrittenByPrograms = true,
        },
        LocalStorage(BpfMapType.InodeStorage, new(5, 10), "BpfInodeStorage"),
        LocalStorage(BpfMapType.TaskStorage, new(5, 11), "BpfTaskStorage"),
        new(BpfMapType.BloomFilter, new(5, 16))
        {
            Class = "BpfBloomFilter",
            Keys = MapKeyRule.None,
            Flags = Plain | BpfMapFlags.ZeroSeed,
        },
        new(BpfMapType.UserRingBuf, new(6, 1))
        {
            Class = "BpfUserRingBuffer",
            Keys = MapKeyRule.None,
            Values = MapValueRule.Record,
            Capacity = MapCapacityRule.Bytes,
            Flags = BpfMapFlags.NumaNode,
            Privilege = MapPrivilege.None,
        },
        LocalStorage(BpfMapType.CgrpStorage, new(6, 2), "BpfCgroupLocalStorage"),
        new(BpfMapType.Arena, new(6, 9))
        {
            Class = "BpfArena",
            Keys = MapKeyRule.None,
            Values = MapValueRule.Memory,
            Holds = "pages of memory",
            Capacity = MapCapacityRule.Pages,
            Flags = BpfMapFlags.Mmapable | BpfMapFlags.SegvOnFault | BpfMapFlags.NoUserConversion,
            RequiredFlags = BpfMapFlags.Mmapable,
        }
    );

    private static MapTypeFacts LocalStorage(BpfMapType type, Version firstKernel, string name) =>
        new(type, firstKernel)
        {
            Class = name,
            Keys = MapKeyRule.Owner,
            Capacity = MapCapacityRule.None,
            Flags = BpfMapFlags.NoPrealloc | BpfMapFlags.Clone,
            RequiredFlags = BpfMapFlags.NoPrealloc,
            TakesSpinLock = true,
            LargestValue = LargestStoredValue,
        };

    private static MapTypeFacts?[] ByNumber(params MapTypeFacts[] all)
    {
        MapTypeFacts?[] byNumber = new MapTypeFacts?[all.Max(static facts => (int)facts.Type) + 1];
        foreach (MapTypeFacts facts in all)
            byNumber[(int)facts.Type] = facts;
        return byNumber;
    }
}
