using System.Reflection;

namespace BpfMaps.Tests;

/// <summary>A feature of the kernel that tests need, and the version of Linux that introduced it.</summary>
/// <param name="Name">The feature, as in the tables of docs/compatibility.md.</param>
/// <param name="First">The first version of Linux with the feature.</param>
/// <param name="IsBackported">Whether stable versions of older kernels may have the feature too.</param>
internal sealed record KernelFeature(string Name, Version First, bool IsBackported = false)
{
    /// <summary>Gets whether the version of the running kernel has the feature.</summary>
    public bool IsInThisKernel => Environment.OSVersion.Version >= First;

    public static KernelFeature Maps { get; } = new("`bpf(2)`, hashes and arrays", new(3, 19));

    public static KernelFeature Pins { get; } = new("pins", new(4, 4));

    public static KernelFeature PerCpuMaps { get; } = new("per-CPU maps", new(4, 6));

    public static KernelFeature LruHashes { get; } = new("LRU hashes", new(4, 10));

    public static KernelFeature Tries { get; } = new("tries", new(4, 11));

    public static KernelFeature Ids { get; } = new("opening maps by id, listing all maps", new(4, 13));

    public static KernelFeature NamesAndAccess { get; } = new("map names, read-only and write-only file descriptors", new(4, 15));

    public static KernelFeature Types { get; } = new("types of maps (BTF): tools show fields, opening compares them", new(4, 18));

    public static KernelFeature Queues { get; } = new("queues, stacks", new(4, 20));

    public static KernelFeature SpinLocks { get; } = new("spin locks in values", new(5, 1));

    public static KernelFeature Freezing { get; } = new("freezing maps", new(5, 2));

    public static KernelFeature MappedArrays { get; } = new("mapped arrays", new(5, 5));

    public static KernelFeature Batches { get; } = new("batches for hashes and arrays", new(5, 6));

    public static KernelFeature RingBuffers { get; } = new("ring buffers", new(5, 8));

    public static KernelFeature Capabilities { get; } = new("CAP_BPF, CAP_PERFMON", new(5, 8));

    public static KernelFeature LargeHashKeys { get; } = new("hash keys above 512 bytes", new(5, 11));

    public static KernelFeature CgroupAccounting { get; } = new("memory accounting by cgroup instead of `ulimit -l`", new(5, 11));

    public static KernelFeature FloatingPointTypes { get; } = new("floating-point numbers in the types of maps", new(5, 13));

    public static KernelFeature BatchesOfPerCpuArraysAndTries { get; } = new("batches for per-CPU arrays and tries", new(5, 13));

    public static KernelFeature SyscallPrograms { get; } = new("programs that user space calls (BPF_PROG_TYPE_SYSCALL)", new(5, 14));

    public static KernelFeature Queries { get; } = new("queries in the kernel (package BpfMaps.Queries)", new(5, 14));

    public static KernelFeature LookupAndDeleteOfHashes { get; } = new("`TryRemove(key, out value)` of hashes", new(5, 14));

    public static KernelFeature PerfEventLinks { get; } = new("links of kprobes, uprobes, tracepoints and perf events", new(5, 15));

    public static KernelFeature Cookies { get; } = new("cookies of kprobes, uprobes, tracepoints and perf events", new(5, 15));

    public static KernelFeature BloomFilters { get; } = new("bloom filters", new(5, 16));

    public static KernelFeature BatchesOfMapsOfMaps { get; } = new("batches for maps of maps", new(5, 19));

    public static KernelFeature QueriesOfPerCpuMaps { get; } = new("queries of per-CPU maps in the kernel", new(5, 19));

    public static KernelFeature UseWithoutCapability { get; } = new("operations on open maps without CAP_BPF", new(5, 19));

    public static KernelFeature UserRingBuffers { get; } = new("user ring buffers", new(6, 1));

    public static KernelFeature QueriesOfUnallocatedHashes { get; } = new("queries of hashes with `NoPrealloc` in the kernel", new(6, 1));

    public static KernelFeature LocksInInnerMaps { get; } = new("spin locks in the values of inner maps", new(6, 2));

    public static KernelFeature PerfEventInfo { get; } = new("targets of links of kprobes, uprobes and tracepoints", new(6, 6));

    public static KernelFeature Tcx { get; } = new("tcx links", new(6, 6));

    public static KernelFeature ThreadOwners { get; } = new("task storage of threads that are not the first of their process", new(6, 9));

    public static KernelFeature RawTracepointCookies { get; } =
        new("cookies of raw tracepoints, and one program twice at a raw tracepoint", new(6, 10));

    public static KernelFeature TrieFlags { get; } = new("`TryAdd` and `TryUpdate` of tries", new(6, 13), IsBackported: true);

    /// <summary>Gets the features above.</summary>
    public static IReadOnlyList<KernelFeature> All { get; } =
    [
        .. typeof(KernelFeature)
            .GetProperties(BindingFlags.Static | BindingFlags.Public)
            .Where(static property => property.PropertyType == typeof(KernelFeature))
            .Select(static property => (KernelFeature)property.GetValue(null)!),
    ];

    private static readonly Dictionary<BpfMapFlags, Version> s_flags = new()
    {
        [BpfMapFlags.NoPrealloc] = new(4, 6),
        [BpfMapFlags.NoCommonLru] = new(4, 10),
        [BpfMapFlags.NumaNode] = new(4, 14),
        [BpfMapFlags.ReadOnly] = new(4, 15),
        [BpfMapFlags.WriteOnly] = new(4, 15),
        [BpfMapFlags.StackBuildId] = new(4, 17),
        [BpfMapFlags.ZeroSeed] = new(5, 0),
        [BpfMapFlags.ReadOnlyProgram] = new(5, 2),
        [BpfMapFlags.WriteOnlyProgram] = new(5, 2),
        [BpfMapFlags.Clone] = new(5, 4),
        [BpfMapFlags.Mmapable] = new(5, 5),
        [BpfMapFlags.PreserveElements] = new(5, 10),
        [BpfMapFlags.InnerMap] = new(5, 10),
        [BpfMapFlags.Link] = new(6, 4),
        [BpfMapFlags.ValueTypeBtfObject] = new(6, 9),
        [BpfMapFlags.Token] = new(6, 9),
        [BpfMapFlags.SegvOnFault] = new(6, 9),
        [BpfMapFlags.NoUserConversion] = new(6, 9),
    };

    /// <summary>Gets a map type as a feature, with the first version that the library knows.</summary>
    public static KernelFeature MapType(BpfMapType type) => new($"maps of type {type}", MapTypeFacts.Of(type).FirstKernel);

    /// <summary>Gets the batches of a map type as a feature.</summary>
    public static KernelFeature BatchesOf(BpfMapType type) =>
        type switch
        {
            BpfMapType.PerCpuArray or BpfMapType.LpmTrie => BatchesOfPerCpuArraysAndTries,
            BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps => BatchesOfMapsOfMaps,
            _ => Batches,
        };

    /// <summary>Gets a flag of map creation as a feature.</summary>
    public static KernelFeature Flag(BpfMapFlags flag) => new($"the flag {flag}", s_flags[flag]);

    public override string ToString() => Name;
}
