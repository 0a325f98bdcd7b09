namespace BpfMaps.InMemory;

/// <summary>The kinds of maps that there are.</summary>
internal static class MapKinds
{
    private static readonly BpfMapType[] s_all =
    [
        BpfMapType.Hash,
        BpfMapType.LruHash,
        BpfMapType.PerCpuHash,
        BpfMapType.LruPerCpuHash,
        BpfMapType.Array,
        BpfMapType.PerCpuArray,
        BpfMapType.LpmTrie,
        BpfMapType.Queue,
        BpfMapType.Stack,
        BpfMapType.BloomFilter,
        BpfMapType.ArrayOfMaps,
        BpfMapType.HashOfMaps,
        BpfMapType.RingBuf,
        BpfMapType.UserRingBuf,
    ];

    /// <summary>Whether there are maps of a kind.</summary>
    public static bool Has(BpfMapType type) => s_all.Contains(type);

    /// <summary>Says what there is instead of what there is not.</summary>
    public static string Explain() => $"Maps in memory are {string.Join(", ", s_all)}; the other kinds live of what only a kernel has, such as programs, sockets and devices.";
}
