namespace BpfMaps.Generators.Model;

/// <summary>Limits of the kernel for keys, values and capacities.</summary>
internal static class MapLimits
{
    /// <summary>MAX_BPF_STACK: a program builds its keys on its stack.</summary>
    public const int LargestKey = 512;

    /// <summary>The size of the prefix length at the start of a trie key.</summary>
    public const int PrefixLengthSize = 4;

    /// <summary>LPM_DATA_SIZE_MAX.</summary>
    public const int LargestPrefix = 256;

    /// <summary>PCPU_MIN_UNIT_SIZE, the limit of the per-CPU allocator of the kernel.</summary>
    public const int LargestPerCpuValue = 32 << 10;

    /// <summary>KMALLOC_MAX_SIZE (4 MiB) minus the kernel's overhead per value: MAX_BPF_STACK and the header of an element.</summary>
    private const int LargestAllocatedValue = (4 << 20) - 512 - 64;

    /// <summary>BPF_LOCAL_STORAGE_MAX_VALUE_SIZE: 65,535 minus the header of an element, which has at least 64 bytes.</summary>
    private const int LargestStoredValue = ushort.MaxValue - 64;

    /// <summary>4 GiB in the smallest pages.</summary>
    public const uint MostArenaPages = 1u << 20;

    /// <summary>Hash tables round the number of buckets up to a power of two, in 32 bits.</summary>
    public const uint MostBuckets = 1u << 31;

    /// <summary>
    /// The smallest page size of machines with BPF. The kernel requires multiples of its page size for ring sizes and arena addresses.
    /// </summary>
    public const uint SmallestPage = 4096;

    /// <summary>The maximum number of hash functions of a bloom filter.</summary>
    public const ulong MostHashFunctions = 15;

    /// <summary>Gets the size limit of values; <see langword="null"/> if only memory limits it.</summary>
    public static int? LargestValueOf(MapKind kind) =>
        kind switch
        {
            { IsPerCpu: true } => LargestPerCpuValue,
            { IsLocalStorage: true } => LargestStoredValue,
            { Type: BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.Queue or BpfMapType.Stack or BpfMapType.LpmTrie } =>
                LargestAllocatedValue,
            _ => null,
        };
}
