using BpfMaps.Generators.Model;

namespace BpfMaps.Generators.Comparison;

/// <summary>Kinds of differences between two layouts.</summary>
internal enum LayoutDifferenceKind
{
    /// <summary>A field has another offset.</summary>
    Offset,

    /// <summary>A field or array element has another size.</summary>
    Size,

    /// <summary>The bytes have another meaning: signed or unsigned, integer or floating point.</summary>
    Meaning,

    /// <summary>An array has another number of elements.</summary>
    Count,

    /// <summary>A number is in network byte order on one side only.</summary>
    ByteOrder,

    /// <summary>Only one of the layouts has the field.</summary>
    Missing,
}

/// <summary>A difference between a declaration and an object.</summary>
/// <param name="Mine">The C# field; <see langword="null"/> if only C has the field.</param>
/// <param name="Theirs">The C field; <see langword="null"/> if only C# has the field.</param>
internal sealed record LayoutDifference(LayoutDifferenceKind Kind, LayoutLeaf? Mine, LayoutLeaf? Theirs)
{
    /// <summary>The first offset at which the sides differ.</summary>
    public int Offset => Math.Min(Mine?.Offset ?? int.MaxValue, Theirs?.Offset ?? int.MaxValue);
}

/// <summary>
/// Compares leaves byte by byte: offsets, sizes, signedness, array lengths. Names and nesting are not compared. The rules are the same as
/// in the <c>LayoutComparison</c> of the runtime library, which compares again when a map is opened. A test ensures that both agree.
/// </summary>
internal static class LayoutComparison
{
    /// <summary>Lists all differences in the order of offsets; empty if both have the same fields.</summary>
    public static List<LayoutDifference> Compare(LeafCollector declared, LeafCollector actual)
    {
        int limit = Math.Min(declared.Limit, actual.Limit);
        (List<LayoutLeaf> mine, List<LayoutLeaf> theirs) = LeafWalk.DropWhatUnionsCover(declared.Before(limit), actual.Before(limit));
        (theirs, mine) = LeafWalk.DropWhatUnionsCover(theirs, mine);

        List<LayoutDifference> differences = [];
        (mine, theirs) = LeafWalk.Pair(mine, theirs, (my, their) =>
        {
            if (DifferenceOf(my, their) is { } difference)
                differences.Add(difference);
        });
        CompareLeftOvers(LeafWalk.DropNamedPadding(mine, actual.Gaps()), theirs, differences);
        return [.. differences.OrderBy(static d => d.Offset)];
    }

    /// <summary>Lists the pairs of numbers with different byte order, in the order of offsets.</summary>
    public static List<LayoutDifference> ByteOrders(LeafCollector declared, LeafCollector actual)
    {
        int limit = Math.Min(declared.Limit, actual.Limit);
        List<LayoutDifference> differences = [];
        LeafWalk.Pair(declared.Before(limit), actual.Before(limit), (mine, theirs) =>
        {
            bool differs = mine.IsNetworkOrder ? theirs.IsPlainNumber : theirs.IsNetworkOrder && mine.Kind == TypeKindInBtf.Unsigned;
            if (differs && mine.ElementSize == theirs.ElementSize)
                differences.Add(new(LayoutDifferenceKind.ByteOrder, mine, theirs));
        });
        return differences;
    }

    private static LayoutDifference? DifferenceOf(LayoutLeaf mine, LayoutLeaf theirs)
    {
        if (mine.Size == theirs.Size && (mine.IsBytes || theirs.IsBytes))
            return null; // For example, an address that is __u8[4] on one side and __be32 on the other: bytes match any type of their size.
        if (mine.ElementSize != theirs.ElementSize)
            return new(LayoutDifferenceKind.Size, mine, theirs);
        if (mine.Count != theirs.Count)
            return new(LayoutDifferenceKind.Count, mine, theirs);
        return MeanTheSame(mine.Kind, theirs.Kind) ? null : new(LayoutDifferenceKind.Meaning, mine, theirs);
    }

    private static void CompareLeftOvers(List<LayoutLeaf> mine, List<LayoutLeaf> theirs, List<LayoutDifference> differences)
    {
        int pairs = Math.Min(mine.Count, theirs.Count);
        for (int index = 0; index < pairs; index++)
            differences.Add(new(LayoutDifferenceKind.Offset, mine[index], theirs[index]));
        foreach (LayoutLeaf leaf in mine.Skip(pairs))
            differences.Add(new(LayoutDifferenceKind.Missing, leaf, null));
        foreach (LayoutLeaf leaf in theirs.Skip(pairs))
            differences.Add(new(LayoutDifferenceKind.Missing, null, leaf));
    }

    /// <summary>
    /// Gets whether bytes of the same size have the same meaning. The sign of <c>char</c> in C depends on the machine, and that of an
    /// enumeration in BTF on its constants, so neither is compared.
    /// </summary>
    private static bool MeanTheSame(TypeKindInBtf left, TypeKindInBtf right)
    {
        if (left == right)
            return true;
        if (left == TypeKindInBtf.Float || right == TypeKindInBtf.Float)
            return false;
        bool bothPlain = left is TypeKindInBtf.Unsigned or TypeKindInBtf.Signed && right is TypeKindInBtf.Unsigned or TypeKindInBtf.Signed;
        return !bothPlain;
    }
}
