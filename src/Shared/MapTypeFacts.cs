namespace BpfMaps;

/// <summary>The rules of the kernel for a map type, and the class for it in the runtime library.</summary>
/// <param name="Type">The map type.</param>
/// <param name="FirstKernel">The first version of Linux with the map type.</param>
internal sealed partial record MapTypeFacts(BpfMapType Type, Version FirstKernel)
{
    /// <summary>The base class of typed maps; <see langword="null"/> if there is none.</summary>
    public string? Class { get; init; }

    public MapKeyRule Keys { get; init; }

    public MapValueRule Values { get; init; }

    /// <summary>The contents of maps without declared values as a plural noun, for messages; otherwise <see langword="null"/>.</summary>
    public string? Holds { get; init; }

    public MapCapacityRule Capacity { get; init; }

    /// <summary>The flags that the kernel accepts on creation (<c>map_alloc_check</c>).</summary>
    public BpfMapFlags Flags { get; init; }

    /// <summary>The flags that the kernel requires on creation.</summary>
    public BpfMapFlags RequiredFlags { get; init; }

    public MapPrivilege Privilege { get; init; }

    /// <summary>Whether an element has one value per possible CPU.</summary>
    public bool IsPerCpu { get; init; }

    /// <summary>
    /// Whether elements are in buckets. Batches proceed by bucket, so that a change of one key neither repeats nor hides another.
    /// </summary>
    public bool IsHash { get; init; }

    /// <summary>Whether the least recently used elements are evicted.</summary>
    public bool IsLru { get; init; }

    /// <summary>Whether the kernel allows a <c>bpf_spin_lock</c> in the values (<c>map_check_btf</c>).</summary>
    public bool TakesSpinLock { get; init; }

    /// <summary>Whether only programs write records.</summary>
    public bool IsWrittenByPrograms { get; init; }

    /// <summary>Whether the kernel refuses such maps in maps of maps.</summary>
    public bool CannotBeInner { get; init; }

    /// <summary>The largest value in bytes; <see langword="null"/> if only memory limits it.</summary>
    public int? LargestValue { get; init; }

    /// <summary>The base class of maps that are created with <paramref name="flags"/>.</summary>
    public string? ClassFor(BpfMapFlags flags) =>
        Type switch
        {
            BpfMapType.Array when (flags & BpfMapFlags.Mmapable) != 0 => "BpfMappedArrayMap",
            BpfMapType.StackTrace when (flags & BpfMapFlags.StackBuildId) != 0 => "BpfBuildIdStackTraceMap",
            _ => Class,
        };

    public bool HasDeclaredKeys => Keys is not (MapKeyRule.None or MapKeyRule.Cpu or MapKeyRule.Owner);

    /// <summary>The only <c>key_size</c>; <see langword="null"/> if there are several.</summary>
    public int? KeySize =>
        Keys switch
        {
            MapKeyRule.None => 0,
            MapKeyRule.Index or MapKeyRule.Cpu or MapKeyRule.Owner => sizeof(uint),
            _ => null,
        };

    public bool HoldsMaps => Holds == Maps;

    /// <summary>
    /// Whether the values are records of a stream. The kernel does not know their size; its <c>value_size</c> has another meaning.
    /// </summary>
    public bool IsStream => Values == MapValueRule.Record;

    public bool IsRing => Capacity == MapCapacityRule.Bytes;

    /// <summary>Whether a value belongs to a kernel object whose descriptor is the key.</summary>
    public bool IsLocalStorage => Keys == MapKeyRule.Owner;

    public bool HasNoCapacity => Capacity == MapCapacityRule.None;

    /// <summary>Whether the capacity can be omitted, because it has a default or there is none.</summary>
    public bool SizesItself => Capacity is MapCapacityRule.Cpus or MapCapacityRule.None;

    /// <summary>The only <c>value_size</c> of maps without declared values; <see langword="null"/> if there are several.</summary>
    public int? OnlyValueSize =>
        Values switch
        {
            MapValueRule.Descriptor => sizeof(uint),
            MapValueRule.Memory => 0,
            _ => null,
        };

    /// <summary>
    /// The <c>value_size</c> of kernels without programs in device maps (Linux 5.8) and CPU maps (Linux 5.9);
    /// <see langword="null"/> if it has not changed.
    /// </summary>
    public int? OlderValueSize => Values is MapValueRule.Target or MapValueRule.Socket ? sizeof(uint) : null;

    /// <summary>Returns the default <c>value_size</c> of maps without declared values; otherwise <see langword="null"/>.</summary>
    public int? UsualValueSize(BpfMapFlags flags) =>
        Values switch
        {
            MapValueRule.Target or MapValueRule.Socket => sizeof(ulong),
            MapValueRule.Frames => KernelLimits.MostFrames * FrameSize(flags),
            _ => OnlyValueSize,
        };

    /// <summary>Returns the <c>max_entries</c> that a loader passes to the kernel for a declared capacity.</summary>
    public uint LoadedCapacity(uint declared, uint pageSize) => IsRing ? RingSize.Loaded(declared, pageSize) : declared;

    /// <summary>Returns the effective <c>map_extra</c>: for bloom filters, 0 means the default.</summary>
    public ulong EffectiveMapExtra(ulong mapExtra) =>
        Type == BpfMapType.BloomFilter && mapExtra == 0 ? KernelLimits.UsualHashFunctions : mapExtra;

    /// <summary>Returns the size of a frame of a stack.</summary>
    public static int FrameSize(BpfMapFlags flags) =>
        (flags & BpfMapFlags.StackBuildId) != 0 ? KernelLimits.BuildIdSize : KernelLimits.AddressSize;

    /// <summary>Returns the facts of a map type; those of an unspecified one for an unknown type.</summary>
    public static MapTypeFacts Of(BpfMapType type) => Find(type) ?? s_unknown;

    /// <summary>Returns the facts of a map type; <see langword="null"/> for an unknown type.</summary>
    public static MapTypeFacts? Find(BpfMapType type) => (uint)type < (uint)s_all.Length ? s_all[(int)type] : null;
}
