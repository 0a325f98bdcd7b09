namespace BpfMaps.Generators.Model;

/// <summary>The properties of a map type in the kernel and the runtime library.</summary>
/// <param name="BaseClass">The base class in the runtime library, or <see langword="null"/>.</param>
/// <param name="Flags">The flags that the kernel's map_alloc_check accepts.</param>
internal sealed record MapKind(BpfMapType Type, KeyForm Key, string? BaseClass, BpfMapFlags Flags)
{
    private const BpfMapFlags Access =
        BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly | BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram;
    private const BpfMapFlags Hashing = BpfMapFlags.NoPrealloc | BpfMapFlags.NumaNode | BpfMapFlags.ZeroSeed | Access;
    private const BpfMapFlags LruHashing = BpfMapFlags.NoCommonLru | BpfMapFlags.NumaNode | BpfMapFlags.ZeroSeed | Access;
    private const BpfMapFlags Plain = BpfMapFlags.NumaNode | Access;
    private const BpfMapFlags Descriptors = BpfMapFlags.NumaNode | BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly;
    private const BpfMapFlags Storage = BpfMapFlags.NoPrealloc | BpfMapFlags.Clone;

    // Sources: kernel/bpf/{hashtab,arraymap,lpm_trie,queue_stack_maps,bloom_filter,ringbuf,stackmap,local_storage,bpf_local_storage,...}.c
    private static readonly Dictionary<BpfMapType, MapKind> s_all = new MapKind[]
    {
        new(BpfMapType.Hash, KeyForm.Any, "BpfHashMap", Hashing),
        new(BpfMapType.LruHash, KeyForm.Any, "BpfHashMap", LruHashing),
        new(BpfMapType.PerCpuHash, KeyForm.Any, "BpfPerCpuHashMap", Hashing & ~BpfMapFlags.NumaNode),
        new(BpfMapType.LruPerCpuHash, KeyForm.Any, "BpfPerCpuHashMap", LruHashing & ~BpfMapFlags.NumaNode),
        new(BpfMapType.Array, KeyForm.Index, "BpfArrayMap", Plain | BpfMapFlags.Mmapable | BpfMapFlags.InnerMap),
        new(BpfMapType.PerCpuArray, KeyForm.Index, "BpfPerCpuArrayMap", Access),
        new(BpfMapType.LpmTrie, KeyForm.Prefix, "BpfLpmTrieMap", Plain | BpfMapFlags.NoPrealloc),
        new(BpfMapType.Queue, KeyForm.None, "BpfQueueMap", Plain),
        new(BpfMapType.Stack, KeyForm.None, "BpfStackMap", Plain),
        new(BpfMapType.BloomFilter, KeyForm.None, "BpfBloomFilter", Plain | BpfMapFlags.ZeroSeed),
        new(BpfMapType.RingBuf, KeyForm.None, "BpfRingBuffer", BpfMapFlags.NumaNode),
        new(BpfMapType.UserRingBuf, KeyForm.None, "BpfUserRingBuffer", BpfMapFlags.NumaNode),
        new(BpfMapType.PerfEventArray, KeyForm.None, "BpfPerfEventArray", Descriptors | BpfMapFlags.PreserveElements),
        new(BpfMapType.ProgArray, KeyForm.Index, "BpfProgArray", Descriptors),
        new(BpfMapType.CgroupArray, KeyForm.Index, "BpfCgroupArray", Descriptors),
        new(BpfMapType.ArrayOfMaps, KeyForm.Index, "BpfArrayOfMaps", Descriptors),
        new(BpfMapType.HashOfMaps, KeyForm.Any, "BpfHashOfMaps", Descriptors | BpfMapFlags.NoPrealloc | BpfMapFlags.ZeroSeed),
        new(BpfMapType.StackTrace, KeyForm.Index, "BpfStackTraceMap", Descriptors | BpfMapFlags.StackBuildId),
        new(BpfMapType.DevMap, KeyForm.Index, "BpfDevMap", Descriptors | BpfMapFlags.ReadOnlyProgram),
        new(BpfMapType.DevMapHash, KeyForm.Index, "BpfDevMapHash", Descriptors | BpfMapFlags.ReadOnlyProgram),
        new(BpfMapType.SockMap, KeyForm.Index, "BpfSockMap", Descriptors),
        new(BpfMapType.SockHash, KeyForm.Any, "BpfSockHash", Descriptors),
        new(BpfMapType.CpuMap, KeyForm.Index, "BpfCpuMap", BpfMapFlags.NumaNode),
        new(BpfMapType.XskMap, KeyForm.Index, "BpfXskMap", Descriptors),
        new(BpfMapType.ReusePortSockArray, KeyForm.Index, "BpfReusePortSockArray", Descriptors),
        new(BpfMapType.CgroupStorage, KeyForm.ControlGroup, "BpfAttachedCgroupStorage", Plain),
        new(BpfMapType.PerCpuCgroupStorage, KeyForm.ControlGroup, "BpfAttachedPerCpuCgroupStorage", Plain),
        new(BpfMapType.SkStorage, KeyForm.None, "BpfSkStorage", Storage),
        new(BpfMapType.InodeStorage, KeyForm.None, "BpfInodeStorage", Storage),
        new(BpfMapType.TaskStorage, KeyForm.None, "BpfTaskStorage", Storage),
        new(BpfMapType.CgrpStorage, KeyForm.None, "BpfCgroupLocalStorage", Storage),
        new(BpfMapType.StructOps, KeyForm.Index, null, BpfMapFlags.Link | BpfMapFlags.ValueTypeBtfObject),
        new(BpfMapType.Arena, KeyForm.None, "BpfArena", BpfMapFlags.Mmapable | BpfMapFlags.SegvOnFault | BpfMapFlags.NoUserConversion),
    }.ToDictionary(static kind => kind.Type);

    public bool IsPerCpu =>
        Type is BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash or BpfMapType.PerCpuArray or BpfMapType.PerCpuCgroupStorage;

    public bool IsHash =>
        Type is BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash or BpfMapType.HashOfMaps;

    /// <summary>The contents of maps whose values are not declared; <see langword="null"/> for other map types.</summary>
    public string? Holds => KernelValues.Of(Type);

    /// <summary>Whether its values are maps.</summary>
    public bool HoldsMaps => Type is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps;

    /// <summary>
    /// Whether the values are records of a stream. The kernel does not know their size; its <c>value_size</c> has another meaning for these
    /// map types.
    /// </summary>
    public bool IsStream => Type is BpfMapType.RingBuf or BpfMapType.UserRingBuf or BpfMapType.PerfEventArray;

    /// <summary>Whether only programs write records.</summary>
    public bool IsReadOnly => Type is BpfMapType.RingBuf or BpfMapType.PerfEventArray;

    /// <summary>Whether the capacity is in bytes.</summary>
    public bool IsRing => Type is BpfMapType.RingBuf or BpfMapType.UserRingBuf;

    /// <summary>Whether the capacity can be omitted, because it has a default or there is none.</summary>
    public bool SizesItself => Type is BpfMapType.PerfEventArray or BpfMapType.CpuMap || HasNoCapacity;

    /// <summary>Whether maps of this type have no capacity, because their values belong to other kernel objects.</summary>
    public bool HasNoCapacity => IsLocalStorage || Type is BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage;

    /// <summary>Whether a value belongs to a kernel object, whose descriptor is the key.</summary>
    public bool IsLocalStorage =>
        Type is BpfMapType.SkStorage or BpfMapType.InodeStorage or BpfMapType.TaskStorage or BpfMapType.CgrpStorage;

    /// <summary>The size of keys that are not declared; <see langword="null"/> for map types without keys.</summary>
    public int? UndeclaredKeySize => Type == BpfMapType.PerfEventArray || IsLocalStorage ? 4 : null;

    /// <summary>The flags that the kernel requires for this map type.</summary>
    public BpfMapFlags RequiredFlags =>
        Type == BpfMapType.Arena ? BpfMapFlags.Mmapable
        : Type == BpfMapType.LpmTrie || IsLocalStorage ? BpfMapFlags.NoPrealloc
        : BpfMapFlags.None;

    /// <summary>Whether the kernel allows a <c>bpf_spin_lock</c> in the values (map_check_btf).</summary>
    public bool TakesSpinLock => Type is BpfMapType.Hash or BpfMapType.Array or BpfMapType.CgroupStorage || IsLocalStorage;

    public static MapKind? Find(BpfMapType type) => s_all.TryGetValue(type, out MapKind? kind) ? kind : null;

    /// <summary>Gets the base class of maps of this type that are created with <paramref name="flags"/>.</summary>
    public string? BaseClassFor(BpfMapFlags flags) =>
        Type switch
        {
            BpfMapType.Array when (flags & BpfMapFlags.Mmapable) != 0 => "BpfMappedArrayMap",
            BpfMapType.StackTrace when (flags & BpfMapFlags.StackBuildId) != 0 => "BpfBuildIdStackTraceMap",
            _ => BaseClass,
        };
}
