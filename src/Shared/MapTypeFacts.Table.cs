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

    private static readonly MapTypeFacts s_unknown = new(BpfMapType.Unspecified) { Keys = MapKeyRule.Any };

    // Sources: kernel/bpf/{hashtab,arraymap,lpm_trie,queue_stack_maps,bloom_filter,ringbuf,stackmap,local_storage,bpf_local_storage,...}.c
    private static readonly MapTypeFacts?[] s_all = ByNumber(
        new(BpfMapType.Hash)
        {
            Class = "BpfHashMap",
            Keys = MapKeyRule.Any,
            Flags = Hashing,
            Privilege = MapPrivilege.None,
            IsHash = true,
            TakesSpinLock = true,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.Array)
        {
            Class = "BpfArrayMap",
            Keys = MapKeyRule.Index,
            Flags = Plain | BpfMapFlags.Mmapable | BpfMapFlags.InnerMap,
            Privilege = MapPrivilege.None,
            TakesSpinLock = true,
        },
        new(BpfMapType.ProgArray)
        {
            Class = "BpfProgArray",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = "programs",
            Flags = Objects,
            Privilege = MapPrivilege.None,
            CannotBeInner = true,
        },
        new(BpfMapType.PerfEventArray)
        {
            Class = "BpfPerfEventArray",
            Keys = MapKeyRule.Cpu,
            Values = MapValueRule.Record,
            Capacity = MapCapacityRule.Cpus,
            Flags = Objects | BpfMapFlags.PreserveElements,
            Privilege = MapPrivilege.None,
            IsWrittenByPrograms = true,
        },
        new(BpfMapType.PerCpuHash)
        {
            Class = "BpfPerCpuHashMap",
            Keys = MapKeyRule.Any,
            Flags = Hashing & ~BpfMapFlags.NumaNode,
            Privilege = MapPrivilege.None,
            IsPerCpu = true,
            IsHash = true,
            LargestValue = KernelLimits.LargestPerCpuValue,
        },
        new(BpfMapType.PerCpuArray)
        {
            Class = "BpfPerCpuArrayMap",
            Keys = MapKeyRule.Index,
            Flags = Access,
            Privilege = MapPrivilege.None,
            IsPerCpu = true,
            LargestValue = KernelLimits.LargestPerCpuValue,
        },
        new(BpfMapType.StackTrace)
        {
            Class = "BpfStackTraceMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Frames,
            Holds = "stacks",
            Flags = Objects | BpfMapFlags.StackBuildId,
        },
        new(BpfMapType.CgroupArray)
        {
            Class = "BpfCgroupArray",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = "cgroups",
            Flags = Objects,
            Privilege = MapPrivilege.None,
        },
        new(BpfMapType.LruHash)
        {
            Class = "BpfHashMap",
            Keys = MapKeyRule.Any,
            Flags = LruHashing,
            IsHash = true,
            IsLru = true,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.LruPerCpuHash)
        {
            Class = "BpfPerCpuHashMap",
            Keys = MapKeyRule.Any,
            Flags = LruHashing & ~BpfMapFlags.NumaNode,
            IsPerCpu = true,
            IsHash = true,
            IsLru = true,
            LargestValue = KernelLimits.LargestPerCpuValue,
        },
        new(BpfMapType.LpmTrie)
        {
            Class = "BpfLpmTrieMap",
            Keys = MapKeyRule.Prefix,
            Flags = Plain | BpfMapFlags.NoPrealloc,
            RequiredFlags = BpfMapFlags.NoPrealloc,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.ArrayOfMaps)
        {
            Class = "BpfArrayOfMaps",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = Maps,
            Flags = Objects,
            Privilege = MapPrivilege.None,
            CannotBeInner = true,
        },
        new(BpfMapType.HashOfMaps)
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
        new(BpfMapType.DevMap)
        {
            Class = "BpfDevMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Target,
            Holds = "network interfaces",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.SockMap)
        {
            Class = "BpfSockMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Socket,
            Holds = "sockets",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.CpuMap)
        {
            Class = "BpfCpuMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Target,
            Holds = "CPUs",
            Capacity = MapCapacityRule.Cpus,
            Flags = BpfMapFlags.NumaNode,
        },
        new(BpfMapType.XskMap)
        {
            Class = "BpfXskMap",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Descriptor,
            Holds = "sockets",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.SockHash)
        {
            Class = "BpfSockHash",
            Keys = MapKeyRule.Any,
            Values = MapValueRule.Socket,
            Holds = "sockets",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.CgroupStorage)
        {
            Class = "BpfAttachedCgroupStorage",
            Keys = MapKeyRule.CgroupStorage,
            Capacity = MapCapacityRule.None,
            Flags = Plain,
            Privilege = MapPrivilege.None,
            TakesSpinLock = true,
            CannotBeInner = true,
        },
        new(BpfMapType.ReusePortSockArray)
        {
            Class = "BpfReusePortSockArray",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Socket,
            Holds = "sockets",
            Flags = Plain,
        },
        new(BpfMapType.PerCpuCgroupStorage)
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
        new(BpfMapType.Queue)
        {
            Class = "BpfQueueMap",
            Keys = MapKeyRule.None,
            Flags = Plain,
            LargestValue = LargestAllocatedValue,
        },
        new(BpfMapType.Stack)
        {
            Class = "BpfStackMap",
            Keys = MapKeyRule.None,
            Flags = Plain,
            LargestValue = LargestAllocatedValue,
        },
        LocalStorage(BpfMapType.SkStorage, "BpfSkStorage"),
        new(BpfMapType.DevMapHash)
        {
            Class = "BpfDevMapHash",
            Keys = MapKeyRule.Index,
            Values = MapValueRule.Target,
            Holds = "network interfaces",
            Flags = Objects,
            Privilege = MapPrivilege.NetAdmin,
        },
        new(BpfMapType.StructOps) { Keys = MapKeyRule.Index, Flags = BpfMapFlags.Link | BpfMapFlags.ValueTypeBtfObject },
        new(BpfMapType.RingBuf)
        {
            Class = "BpfRingBuffer",
            Keys = MapKeyRule.None,
            Values = MapValueRule.Record,
            Capacity = MapCapacityRule.Bytes,
            Flags = BpfMapFlags.NumaNode,
            Privilege = MapPrivilege.None,
            IsWrittenByPrograms = true,
        },
        LocalStorage(BpfMapType.InodeStorage, "BpfInodeStorage"),
        LocalStorage(BpfMapType.TaskStorage, "BpfTaskStorage"),
        new(BpfMapType.BloomFilter)
        {
            Class = "BpfBloomFilter",
            Keys = MapKeyRule.None,
            Flags = Plain | BpfMapFlags.ZeroSeed,
        },
        new(BpfMapType.UserRingBuf)
        {
            Class = "BpfUserRingBuffer",
            Keys = MapKeyRule.None,
            Values = MapValueRule.Record,
            Capacity = MapCapacityRule.Bytes,
            Flags = BpfMapFlags.NumaNode,
            Privilege = MapPrivilege.None,
        },
        LocalStorage(BpfMapType.CgrpStorage, "BpfCgroupLocalStorage"),
        new(BpfMapType.Arena)
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

    private static MapTypeFacts LocalStorage(BpfMapType type, string name) =>
        new(type)
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
