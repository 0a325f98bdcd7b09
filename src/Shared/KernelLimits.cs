namespace BpfMaps;

/// <summary>Limits of the kernel for names, keys, values and capacities.</summary>
internal static class KernelLimits
{
    /// <summary>BPF_OBJ_NAME_LEN without the final zero.</summary>
    public const int LongestName = 15;

    /// <summary>MAX_BPF_STACK: programs build their keys on their stacks, and older kernels refuse larger keys.</summary>
    public const int LargestKey = 512;

    /// <summary>The size of the prefix length at the start of a trie key.</summary>
    public const int PrefixLengthSize = 4;

    /// <summary>LPM_DATA_SIZE_MAX.</summary>
    public const int LargestPrefix = 256;

    /// <summary>PCPU_MIN_UNIT_SIZE, the limit of the per-CPU allocator.</summary>
    public const int LargestPerCpuValue = 32 << 10;

    /// <summary>KMALLOC_MAX_SIZE, the limit of a single allocation.</summary>
    public const int LargestAllocation = 4 << 20;

    /// <summary>The limit of the values of local storages including the header of an element.</summary>
    public const int LargestStorage = ushort.MaxValue;

    /// <summary>The default of kernel.perf_event_max_stack.</summary>
    public const int MostFrames = 127;

    /// <summary>The size of a frame as an address.</summary>
    public const int AddressSize = 8;

    /// <summary>The size of a frame as a build id and an offset (<c>struct bpf_stack_build_id</c>).</summary>
    public const int BuildIdSize = 32;

    /// <summary>4 GiB in the smallest pages.</summary>
    public const uint MostArenaPages = 1u << 20;

    /// <summary>
    /// The largest number of hash buckets, and so of elements: the kernel computes the size of the buckets, 16 bytes each, in 32 bits.
    /// </summary>
    public const uint MostBuckets = 1u << 27;

    /// <summary>The smallest page size of machines with BPF.</summary>
    public const uint SmallestPage = 4096;

    /// <summary>The maximum number of hash functions of a bloom filter.</summary>
    public const ulong MostHashFunctions = 15;

    /// <summary>The number of hash functions of a bloom filter with <c>map_extra</c> 0.</summary>
    public const ulong UsualHashFunctions = 5;
}
