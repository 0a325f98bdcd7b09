namespace BpfMaps.Generators.Model;

/// <summary>The largest keys and values that the kernel takes.</summary>
internal static class MapLimits
{
    /// <summary>MAX_BPF_STACK: a program builds its keys on its stack.</summary>
    public const int LargestKey = 512;

    /// <summary>LPM_DATA_SIZE_MAX.</summary>
    public const int LargestPrefix = 256;

    /// <summary>PCPU_MIN_UNIT_SIZE: what the kernel's per-CPU allocator gives at most.</summary>
    public const int LargestPerCpuValue = 32 << 10;

    /// <summary>KMALLOC_MAX_SIZE (4 MiB) less what the kernel keeps beside a value: MAX_BPF_STACK and the element's header.</summary>
    private const int LargestAllocatedValue = (4 << 20) - 512 - 64;

    /// <summary>BPF_LOCAL_STORAGE_MAX_VALUE_SIZE: 65,535 less the element's header, which is 64 bytes at least.</summary>
    private const int LargestStoredValue = ushort.MaxValue - 64;

    /// <summary>4 GiB in the smallest pages.</summary>
    public const uint MostArenaPages = 1u << 20;

    /// <summary>Hash tables round the number of buckets up to a power of two, in 32 bits.</summary>
    public const uint MostBuckets = 1u << 31;

    /// <summary>The kernel checks a ring's size and an arena's address against the page size of its machine; no machine with BPF has smaller pages.</summary>
    public const uint SmallestPage = 4096;

    /// <summary>The most hash functions of a bloom filter.</summary>
    public const ulong MostHashFunctions = 15;

    /// <summary>The largest value of a map of this kind; <see langword="null"/> if memory alone limits it.</summary>
    public static int? LargestValueOf(MapKind kind) => kind switch
    {
        { IsPerCpu: true } => LargestPerCpuValue,
        { IsLocalStorage: true } => LargestStoredValue,
        { Type: MapType.Hash or MapType.LruHash or MapType.Queue or MapType.Stack or MapType.LpmTrie } => LargestAllocatedValue,
        _ => null,
    };
}
