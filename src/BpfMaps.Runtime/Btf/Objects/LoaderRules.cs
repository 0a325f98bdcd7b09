namespace BpfMaps.Metadata;

/// <summary>The parts of the definition of a map that the kernel rejects regardless of later settings.</summary>
internal static class LoaderRules
{
    private const int MaxPrefixData = 256; // LPM_DATA_SIZE_MAX
    private const int PrefixLength = 4;

    /// <summary>Lists the reasons, each a part of a sentence whose subject is the map.</summary>
    /// <remarks>Sizes of 0 are those that programs set before the load, so they are no reason.</remarks>
    public static IEnumerable<string> RefusalsOf(BpfMapDefinition map)
    {
        if (map.KeySize != 0 && KeySizeOf(map.Type) is { } keySize && map.KeySize != keySize)
        {
            yield return keySize == 0
                ? $"its key has {Bytes(map.KeySize)}; maps of type {map.Type} have no keys"
                : $"its key has {Bytes(map.KeySize)}; the keys of maps of type {map.Type} have {keySize}";
        }
        if (map.Type == BpfMapType.LpmTrie)
        {
            if (map.KeySize is not 0 and (<= PrefixLength or > PrefixLength + MaxPrefixData))
                yield return $"its key has {Bytes(map.KeySize)}; a key of a trie has {PrefixLength + 1} to {PrefixLength + MaxPrefixData}, the first {PrefixLength} of them for the length of the prefix";
            if (!map.Flags.HasFlag(BpfMapFlags.NoPrealloc))
                yield return "it has no flag BPF_F_NO_PREALLOC, which tries require";
        }
        if (IsLocalStorage(map.Type))
        {
            if (!map.Flags.HasFlag(BpfMapFlags.NoPrealloc))
                yield return "it has no flag BPF_F_NO_PREALLOC, which local storages require";
            if (map.MaxEntries != 0)
                yield return $"its max_entries is {map.MaxEntries}; a local storage has no capacity";
        }
        if (map.Type == BpfMapType.StackTrace && map.ValueSize % sizeof(ulong) != 0)
            yield return $"its value has {Bytes(map.ValueSize)}; a stack is a multiple of {sizeof(ulong)}";
    }

    /// <summary>The only key_size that the kernel takes for a kind; <see langword="null"/> where the definition chooses.</summary>
    private static int? KeySizeOf(BpfMapType type) =>
        type switch
        {
            BpfMapType.Queue
            or BpfMapType.Stack
            or BpfMapType.BloomFilter
            or BpfMapType.RingBuf
            or BpfMapType.UserRingBuf
            or BpfMapType.Arena => 0,
            BpfMapType.Array
            or BpfMapType.PerCpuArray
            or BpfMapType.ProgArray
            or BpfMapType.PerfEventArray
            or BpfMapType.CgroupArray
            or BpfMapType.ArrayOfMaps => sizeof(uint),
            BpfMapType.StackTrace
            or BpfMapType.DevMap
            or BpfMapType.DevMapHash
            or BpfMapType.CpuMap
            or BpfMapType.XskMap
            or BpfMapType.SockMap => sizeof(uint),
            BpfMapType.ReusePortSockArray => sizeof(uint),
            _ => IsLocalStorage(type) ? sizeof(uint) : null,
        };

    private static string Bytes(int count) => count == 1 ? "1 byte" : $"{count} bytes";

    private static bool IsLocalStorage(BpfMapType type) =>
        type is BpfMapType.SkStorage or BpfMapType.InodeStorage or BpfMapType.TaskStorage or BpfMapType.CgrpStorage;
}
