using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Objects;

namespace BpfMaps.Generators.Comparison;

/// <summary>The types of a map.</summary>
internal enum MapPart
{
    Key,
    Value,

    /// <summary>Of a stream, the value that a declaration names itself.</summary>
    Record,
}

/// <summary>In what the declared key or value is not what the object's map has.</summary>
/// <param name="ObjectSize">The size in bytes that the object's map has.</param>
/// <param name="First">Where the two first part; <see langword="null"/> if the fields agree, or are not known, and only the sizes differ.</param>
/// <param name="Count">How many fields differ.</param>
/// <param name="Mine">The fields in C#, in order.</param>
/// <param name="Theirs">The fields of the object's type, in order; <see langword="null"/> if the object does not tell them.</param>
internal sealed record PartMismatch(
    MapPart Part, TypeLayout Declared, ObjectMap Map, int ObjectSize, LayoutDifference? First, int Count, IReadOnlyList<LayoutLeaf> Mine, IReadOnlyList<LayoutLeaf>? Theirs);

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
        List<LayoutDifference> differences = LayoutComparison.Compare(mine, actual);
        return differences.Count == 0 && !differsInSize
            ? null
            : new(part, declared, found, size, FirstDivergence.Find(mine, actual, differences), differences.Count, mine.Before(int.MaxValue), actual.Before(int.MaxValue));
    }

    /// <summary>The numbers that are in network order on one side only, of two types that agree in everything else.</summary>
    public static IEnumerable<LayoutDifference> ByteOrders(MapPart part, TypeLayout declared, ObjectMap found)
    {
        if (LeavesOf(part, found) is not { } actual || IsSizeAlone(part, found, actual))
            return [];
        // The data of a trie are matched from their first byte on, which is network order whatever C calls the number.
        bool isPrefix = part == MapPart.Key && found.Map.Type == MapType.LpmTrie;
        return LayoutComparison.ByteOrders(DeclaredLeaves.Of(declared), actual).Where(d => !isPrefix || !d.Mine!.IsNetworkOrder);
    }

    /// <summary>The size that the object says; 0 where it leaves it out.</summary>
    public static int SizeOf(MapPart part, LayoutMap map) => part == MapPart.Key ? map.KeySize : map.ValueSize;

    /// <summary>Whether only the size of a key counts: an index is any number, and a trie's key need not say where its data begin.</summary>
    private static bool IsSizeAlone(MapPart part, ObjectMap found, LeafCollector actual)
    {
        const int Data = ObjectTypes.PrefixLength;
        return part == MapPart.Key && MapKind.Find(found.Map.Type)?.Key switch
        {
            KeyRule.Index => true,
            KeyRule.Prefix => actual.Before(Data).Exists(static leaf => leaf.End > Data && !leaf.IsOpaque),
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
