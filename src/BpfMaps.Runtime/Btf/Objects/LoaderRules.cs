namespace BpfMaps.Metadata;

/// <summary>The parts of the definition of a map that the kernel rejects regardless of later settings.</summary>
internal static class LoaderRules
{
    private const int PrefixLength = KernelLimits.PrefixLengthSize;
    private const int LargestPrefixKey = PrefixLength + KernelLimits.LargestPrefix;

    /// <summary>Lists the reasons, each a part of a sentence whose subject is the map.</summary>
    /// <remarks>Sizes of 0 are those that programs set before the load, so they are no reason.</remarks>
    public static IEnumerable<string> RefusalsOf(BpfMapDefinition map)
    {
        MapTypeFacts facts = MapTypeFacts.Of(map.Type);
        if (map.KeySize != 0 && facts.KeySize is { } keySize && map.KeySize != keySize)
        {
            yield return keySize == 0
                ? $"its key has {Bytes(map.KeySize)}; maps of type {map.Type} have no keys"
                : $"its key has {Bytes(map.KeySize)}; the keys of maps of type {map.Type} have {keySize}";
        }
        if (facts.Keys == MapKeyRule.Prefix)
        {
            if (map.KeySize is not 0 and (<= PrefixLength or > LargestPrefixKey))
                yield return $"its key has {Bytes(map.KeySize)}; a key of a trie has {PrefixLength + 1} to {LargestPrefixKey}, the first {PrefixLength} of them for the length of the prefix";
            if (!map.Flags.HasFlag(BpfMapFlags.NoPrealloc))
                yield return "it has no flag BPF_F_NO_PREALLOC, which tries require";
        }
        if (facts.IsLocalStorage)
        {
            if (!map.Flags.HasFlag(BpfMapFlags.NoPrealloc))
                yield return "it has no flag BPF_F_NO_PREALLOC, which local storages require";
            if (map.MaxEntries != 0)
                yield return $"its max_entries is {map.MaxEntries}; a local storage has no capacity";
        }
        if (facts.Values == MapValueRule.Frames && map.ValueSize % KernelLimits.AddressSize != 0)
            yield return $"its value has {Bytes(map.ValueSize)}; a stack is a multiple of {KernelLimits.AddressSize}";
    }

    private static string Bytes(int count) => count == 1 ? "1 byte" : $"{count} bytes";
}
