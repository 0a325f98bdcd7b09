using System.Numerics;

namespace BpfMaps.InMemory;

/// <summary>Estimates the kernel memory of a map. The process may use much less, because it allocates memory on demand.</summary>
internal static class MemoryEstimate
{
    // Sizes of kernel structures beside keys and values: struct bpf_array, struct htab_elem, a bucket, struct lpm_trie_node.
    private const uint MapSize = 320,
        HashElement = 48,
        Bucket = 16,
        TrieNode = 40;

    /// <summary>Computes the size of a map in bytes.</summary>
    /// <param name="shape">The map.</param>
    /// <param name="elements">The number of elements; counts only for types that allocate elements on demand.</param>
    public static ulong Of(MapShape shape, uint elements) =>
        MapSize
        + shape.Type switch
        {
            BpfMapType.Array or BpfMapType.PerCpuArray or BpfMapType.ArrayOfMaps => shape.MaxEntries * Rounded(shape.Format.StoredSize),
            BpfMapType.Queue or BpfMapType.Stack => (shape.MaxEntries + 1ul) * (uint)shape.ValueSize,
            _ when shape.Type.IsRing() => RingOf(shape.MaxEntries),
            BpfMapType.BloomFilter => BloomFilterMap.BitsOf(shape) / 8,
            BpfMapType.LpmTrie => elements * (TrieNode + Rounded(shape.KeySize) + Rounded(shape.ValueSize)),
            _ => (BitOperations.RoundUpToPowerOf2(shape.MaxEntries) * (ulong)Bucket)
                + (
                    (shape.Flags.HasFlag(BpfMapFlags.NoPrealloc) ? elements : shape.MaxEntries)
                    * (HashElement + Rounded(shape.KeySize) + Rounded(shape.Format.StoredSize))
                ),
        };

    /// <summary>The size of a ring: the data once, three pages before it, and a pointer for each mapped page.</summary>
    private static ulong RingOf(uint size)
    {
        const ulong pagesBefore = 3;
        ulong page = (ulong)Environment.SystemPageSize,
            dataPages = size / page;
        return ((pagesBefore + dataPages) * page) + ((pagesBefore + (2 * dataPages)) * sizeof(ulong));
    }

    private static ulong Rounded(int size) => (ulong)BpfMapTypeFacts.Stride(size);
}
