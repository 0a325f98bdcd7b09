using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>Compares a declared key or value with an object's map.</summary>
internal static class PartComparison
{
    public static PartMismatch? Compare(MapPart part, TypeLayout declared, ObjectMap found)
    {
        int size = SizeOf(part, found.Map);
        bool differsInSize = size != 0 && size != declared.Size;
        if (LeavesOf(part, found) is not { } actual || IsSizeAlone(part, found, actual))
            return differsInSize ? new(part, declared, found, size, null, 0, [], Theirs: null) : null;

        LeafCollector mine = DeclaredLeaves.Of(declared);
        List<LeafDifference> differences = LayoutComparison.Compare(mine, actual);
        return differences.Count == 0 && !differsInSize
            ? null
            : new(
                part,
                declared,
                found,
                size,
                FirstDivergence.Find(mine, actual, differences),
                differences.Count,
                mine.Before(int.MaxValue),
                actual.Before(int.MaxValue)
            );
    }

    /// <summary>Gets the numbers that are in network byte order on one side only. The types must otherwise match.</summary>
    public static IEnumerable<LeafDifference> ByteOrders(MapPart part, TypeLayout declared, ObjectMap found)
    {
        if (LeavesOf(part, found) is not { } actual || IsSizeAlone(part, found, actual))
            return [];
        // A trie matches data from the first byte on, which is network byte order regardless of the C type.
        bool isPrefix = part == MapPart.Key && found.Map.Type == BpfMapType.LpmTrie;
        return LayoutComparison.ByteOrders(DeclaredLeaves.Of(declared), actual).Where(d => !isPrefix || !d.Mine!.IsNetworkOrder);
    }

    /// <summary>Gets the size in the object; 0 if it is not defined.</summary>
    public static int SizeOf(MapPart part, LayoutMap map) => part == MapPart.Key ? map.KeySize : map.ValueSize;

    /// <summary>
    /// Gets whether only the size of a key is compared: an index may be any number, and a trie key need not define where its data begins.
    /// </summary>
    private static bool IsSizeAlone(MapPart part, ObjectMap found, LeafCollector actual)
    {
        const int Data = KernelLimits.PrefixLengthSize;
        return part == MapPart.Key
            && MapTypeFacts.Find(found.Map.Type)?.Keys switch
            {
                MapKeyRule.Index => true,
                MapKeyRule.Prefix => actual.Before(Data).Exists(static leaf => leaf.End > Data && !leaf.IsOpaque),
                _ => false,
            };
    }

    private static LeafCollector? LeavesOf(MapPart part, ObjectMap found)
    {
        if (part != MapPart.Key && found.Section is { } section)
            return ObjectLeaves.Of(found.Object.Types, section);
        return (part == MapPart.Key ? found.Map.Key : found.Map.Value) is { } type ? ObjectLeaves.Of(found.Object.Types, type) : null;
    }
}
