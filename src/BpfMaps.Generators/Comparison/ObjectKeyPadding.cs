using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;

namespace BpfMaps.Generators.Comparison;

/// <summary>
/// Padding in what the kernel hashes or compares: keys, and the values of bloom filters. A BPF program that leaves it uninitialized
/// writes different keys with equal fields.
/// </summary>
/// <param name="What">The key or value and its map, for messages.</param>
/// <param name="Type">The C type.</param>
internal sealed record ObjectKeyPadding(string What, string Type, int Size, IReadOnlyList<Gap> Gaps)
{
    /// <summary>Finds the padding of a map, or else of its inner maps.</summary>
    public static ObjectKeyPadding? Find(ObjectLayout layout, LayoutMap map)
    {
        string at = $"map '{map.Name}'";
        for (LayoutMap? current = map; current is not null; current = current.Inner)
        {
            if (Of(layout, current, at) is { } found)
                return found;
            at = $"the inner maps of '{map.Name}'";
        }
        return null;
    }

    private static ObjectKeyPadding? Of(ObjectLayout layout, LayoutMap map, string at)
    {
        MapKeyRule? keys = MapTypeFacts.Find(map.Type)?.Keys;
        bool isFilter = map.Type == BpfMapType.BloomFilter;
        if ((isFilter ? map.Value : map.Key) is not { } type || !(isFilter || keys is MapKeyRule.Any or MapKeyRule.Prefix))
            return null;
        LeafCollector leaves = ObjectLeaves.Of(layout.Types, type);
        int size = isFilter ? map.ValueSize : map.KeySize;
        List<Gap> gaps = [];
        foreach ((int offset, int end) in leaves.Gaps())
        {
            // A trie compares the bits of prefixes, which end before padding at the end.
            if (end > leaves.Limit || (keys == MapKeyRule.Prefix && end == size))
                break;
            string? after = leaves.Before(offset) is { Count: > 0 } before ? before[before.Count - 1].Path : null;
            gaps.Add(new(offset, end - offset, after is { Length: 0 } ? null : after));
        }
        string what = $"The {(isFilter ? "value" : "key")} of {at}";
        return gaps.Count == 0 ? null : new(what, ObjectLeaves.TextOf(layout.Types, type), size, gaps);
    }
}
