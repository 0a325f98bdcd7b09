using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

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
        (mine, theirs) = LeafWalk.Pair(
            mine,
            theirs,
            (my, their) =>
            {
                if (DifferenceOf(my, their) is { } difference)
                    differences.Add(difference);
            }
        );
        CompareLeftOvers(LeafWalk.DropNamedPadding(mine, actual.Gaps()), theirs, differences);
        return [.. differences.OrderBy(static d => d.Offset)];
    }

    /// <summary>Lists the pairs of numbers with different byte order, in the order of offsets.</summary>
    public static List<LayoutDifference> ByteOrders(LeafCollector declared, LeafCollector actual)
    {
        int limit = Math.Min(declared.Limit, actual.Limit);
        List<LayoutDifference> differences = [];
        LeafWalk.Pair(
            declared.Before(limit),
            actual.Before(limit),
            (mine, theirs) =>
            {
                bool differs = mine.IsNetworkOrder ? theirs.IsPlainNumber : theirs.IsNetworkOrder && mine.Kind == BpfTypeKind.Unsigned;
                if (differs && mine.ElementSize == theirs.ElementSize)
                    differences.Add(new(LayoutDifferenceKind.ByteOrder, mine, theirs));
            }
        );
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
    private static bool MeanTheSame(BpfTypeKind left, BpfTypeKind right)
    {
        if (left == right)
            return true;
        if (left == BpfTypeKind.Float || right == BpfTypeKind.Float)
            return false;
        bool bothPlain = left is BpfTypeKind.Unsigned or BpfTypeKind.Signed && right is BpfTypeKind.Unsigned or BpfTypeKind.Signed;
        return !bothPlain;
    }
}
