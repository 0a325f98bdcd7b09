namespace BpfMaps.Generators.Model;

/// <summary>The properties of a map type in the kernel and the runtime library.</summary>
/// <param name="BaseClass">The base class in the runtime library; <see langword="null"/> if there is none.</param>
/// <param name="Flags">The flags that the kernel's map_alloc_check accepts.</param>
internal sealed record MapKind(MapType Type, KeyForm Key, string? BaseClass, MapFlags Flags)
{
    private const MapFlags Hashing = MapFlags.NoPrealloc | MapFlags.NumaNode | MapFlags.ZeroSeed | MapFlags.Access;
    private const MapFlags LruHashing = MapFlags.NoCommonLru | MapFlags.NumaNode | MapFlags.ZeroSeed | MapFlags.Access;
    private const MapFlags Plain = MapFlags.NumaNode | MapFlags.Access;
    private const MapFlags Descriptors = MapFlags.NumaNode | MapFlags.ReadOnly | MapFlags.WriteOnly;
    private const MapFlags Storage = MapFlags.NoPrealloc | MapFlags.Clone;

    // Sources: kernel/bpf/{hashtab,arraymap,lpm_trie,queue_stack_maps,bloom_filter,ringbuf,stackmap,local_storage,bpf_local_storage,...}.c
    private static readonly Dictionary<MapType, MapKind> s_all = new MapKind[]
    {
        new(MapType.Hash, KeyForm.Any, "BpfHashMap", Hashing),
        new(MapType.LruHash, KeyForm.Any, "BpfHashMap", LruHashing),
        new(MapType.PerCpuHash, KeyForm.Any, "BpfPerCpuHashMap", Hashing & ~MapFlags.NumaNode),
        new(MapType.LruPerCpuHash, KeyForm.Any, "BpfPerCpuHashMap", LruHashing & ~MapFlags.NumaNode),
        new(MapType.Array, KeyForm.Index, "BpfArrayMap", Plain | MapFlags.Mmapable | MapFlags.InnerMap),
        new(MapType.PerCpuArray, KeyForm.Index, "BpfPerCpuArrayMap", MapFlags.Access),
        new(MapType.LpmTrie, KeyForm.Prefix, "BpfLpmTrieMap", Plain | MapFlags.NoPrealloc),
        new(MapType.Queue, KeyForm.None, "BpfQueueMap", Plain),
        new(MapType.Stack, KeyForm.None, "BpfStackMap", Plain),
        new(MapType.BloomFilter, KeyForm.None, "BpfBloomFilter", Plain | MapFlags.ZeroSeed),
        new(MapType.RingBuf, KeyForm.None, "BpfRingBuffer", MapFlags.NumaNode),
        new(MapType.UserRingBuf, KeyForm.None, "BpfUserRingBuffer", MapFlags.NumaNode),
        new(MapType.PerfEventArray, KeyForm.None, "BpfPerfEventArray", Descriptors | MapFlags.PreserveElements),
        new(MapType.ProgArray, KeyForm.Index, "BpfProgArray", Descriptors),
        new(MapType.CgroupArray, KeyForm.Index, "BpfCgroupArray", Descriptors),
        new(MapType.ArrayOfMaps, KeyForm.Index, "BpfArrayOfMaps", Descriptors),
        new(MapType.HashOfMaps, KeyForm.Any, "BpfHashOfMaps", Descriptors | MapFlags.NoPrealloc | MapFlags.ZeroSeed),
        new(MapType.StackTrace, KeyForm.Index, "BpfStackTraceMap", Descriptors | MapFlags.StackBuildId),
        new(MapType.DevMap, KeyForm.Index, "BpfDevMap", Descriptors | MapFlags.ReadOnlyProgram),
        new(MapType.DevMapHash, KeyForm.Index, "BpfDevMapHash", Descriptors | MapFlags.ReadOnlyProgram),
        new(MapType.SockMap, KeyForm.Index, "BpfSockMap", Descriptors),
        new(MapType.SockHash, KeyForm.Any, "BpfSockHash", Descriptors),
        new(MapType.CpuMap, KeyForm.Index, "BpfCpuMap", MapFlags.NumaNode),
        new(MapType.XskMap, KeyForm.Index, "BpfXskMap", Descriptors),
        new(MapType.ReusePortSockArray, KeyForm.Index, "BpfReusePortSockArray", Descriptors),
        new(MapType.CgroupStorage, KeyForm.ControlGroup, "BpfAttachedCgroupStorage", Plain),
        new(MapType.PerCpuCgroupStorage, KeyForm.ControlGroup, "BpfAttachedPerCpuCgroupStorage", Plain),
        new(MapType.SkStorage, KeyForm.None, "BpfSkStorage", Storage),
        new(MapType.InodeStorage, KeyForm.None, "BpfInodeStorage", Storage),
        new(MapType.TaskStorage, KeyForm.None, "BpfTaskStorage", Storage),
        new(MapType.CgrpStorage, KeyForm.None, "BpfCgroupLocalStorage", Storage),
        new(MapType.StructOps, KeyForm.Index, null, MapFlags.Link | MapFlags.ValueTypeBtfObject),
        new(MapType.Arena, KeyForm.None, "BpfArena", MapFlags.Mmapable | MapFlags.SegvOnFault | MapFlags.NoUserConversion),
    }.ToDictionary(static kind => kind.Type);

    public bool IsPerCpu => Type is MapType.PerCpuHash or MapType.LruPerCpuHash or MapType.PerCpuArray or MapType.PerCpuCgroupStorage;

    public bool IsHash => Type is MapType.Hash or MapType.LruHash or MapType.PerCpuHash or MapType.LruPerCpuHash or MapType.HashOfMaps;

    /// <summary>The contents of maps whose values are not declared; <see langword="null"/> for other map types.</summary>
    public string? Holds => KernelValues.Of(Type);

    /// <summary>Whether its values are maps.</summary>
    public bool HoldsMaps => Type is MapType.ArrayOfMaps or MapType.HashOfMaps;

    /// <summary>
    /// Whether the values are records of a stream. The kernel does not know their size; its <c>value_size</c> has another meaning for these
    /// map types.
    /// </summary>
    public bool IsStream => Type is MapType.RingBuf or MapType.UserRingBuf or MapType.PerfEventArray;

    /// <summary>Whether only programs write records.</summary>
    public bool IsReadOnly => Type is MapType.RingBuf or MapType.PerfEventArray;

    /// <summary>Whether the capacity is in bytes.</summary>
    public bool IsRing => Type is MapType.RingBuf or MapType.UserRingBuf;

    /// <summary>Whether the capacity can be omitted, because it has a default or there is none.</summary>
    public bool SizesItself => Type is MapType.PerfEventArray or MapType.CpuMap || HasNoCapacity;

    /// <summary>Whether maps of this type have no capacity, because their values belong to other kernel objects.</summary>
    public bool HasNoCapacity => IsLocalStorage || Type is MapType.CgroupStorage or MapType.PerCpuCgroupStorage;

    /// <summary>Whether a value belongs to a kernel object, whose descriptor is the key.</summary>
    public bool IsLocalStorage => Type is MapType.SkStorage or MapType.InodeStorage or MapType.TaskStorage or MapType.CgrpStorage;

    /// <summary>The size of keys that are not declared; <see langword="null"/> for map types without keys.</summary>
    public int? UndeclaredKeySize => Type == MapType.PerfEventArray || IsLocalStorage ? 4 : null;

    /// <summary>The flags that the kernel requires for this map type.</summary>
    public MapFlags RequiredFlags =>
        Type == MapType.Arena ? MapFlags.Mmapable
        : Type == MapType.LpmTrie || IsLocalStorage ? MapFlags.NoPrealloc
        : MapFlags.None;

    /// <summary>Whether the kernel allows a <c>bpf_spin_lock</c> in the values (map_check_btf).</summary>
    public bool TakesSpinLock => Type is MapType.Hash or MapType.Array or MapType.CgroupStorage || IsLocalStorage;

    public static MapKind? Find(MapType type) => s_all.TryGetValue(type, out MapKind? kind) ? kind : null;

    /// <summary>Gets the base class of maps of this type that are created with <paramref name="flags"/>.</summary>
    public string? BaseClassFor(MapFlags flags) =>
        Type switch
        {
            MapType.Array when (flags & MapFlags.Mmapable) != 0 => "BpfMappedArrayMap",
            MapType.StackTrace when (flags & MapFlags.StackBuildId) != 0 => "BpfBuildIdStackTraceMap",
            _ => BaseClass,
        };
}
