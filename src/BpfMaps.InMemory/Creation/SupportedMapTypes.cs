namespace BpfMaps.InMemory;

/// <summary>The map types that this host supports.</summary>
internal static class SupportedMapTypes
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

    /// <summary>Returns whether a map type is supported.</summary>
    public static bool Has(BpfMapType type) => s_all.Contains(type);

    /// <summary>Lists the supported map types, for error messages.</summary>
    public static string Explain() =>
        $"The in-memory host supports {string.Join(", ", s_all)}. "
        + "Other map types need what only a kernel has, such as programs, sockets and devices.";
}
