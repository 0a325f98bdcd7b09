namespace BpfMaps.Metadata;

/// <summary>
/// Compares leaves byte by byte: offsets, sizes, signedness, array lengths. Names and nesting are not compared: four fields of a nested
/// struct are the same as four fields in a row.
/// </summary>
internal static class LeafComparison
{
    /// <summary>Lists all differences: first those of fields at the same offset, then the fields without a counterpart.</summary>
    /// <param name="declared">The leaves of the declaration, in the order of offsets.</param>
    /// <param name="actual">The leaves of the other side, in the order of offsets.</param>
    /// <param name="gaps">The bytes that no field of the other side covers, in order.</param>
    public static List<LeafDifference> Compare(
        IReadOnlyList<LayoutLeaf> declared,
        IReadOnlyList<LayoutLeaf> actual,
        IReadOnlyList<(int Offset, int End)> gaps
    )
    {
        (List<LayoutLeaf> mine, List<LayoutLeaf> theirs) = LeafWalk.DropWhatUnionsCover(
            LeafWalk.DropInsideOfUnions(declared),
            LeafWalk.DropInsideOfUnions(actual)
        );
        (theirs, mine) = LeafWalk.DropWhatUnionsCover(theirs, mine);

        List<LeafDifference> differences = [];
        (mine, theirs) = LeafWalk.Pair(
            mine,
            theirs,
            (my, their) =>
            {
                if (DifferenceOf(my, their) is { } kind)
                    differences.Add(new(kind, my, their));
            }
        );
        AddLeftOvers(LeafWalk.DropNamedPadding(mine, gaps), theirs, differences);
        return differences;
    }

    private static LayoutDifferenceKind? DifferenceOf(LayoutLeaf mine, LayoutLeaf theirs)
    {
        if (mine.Size == theirs.Size && (mine.IsBytes || theirs.IsBytes))
            return null; // For example, an address that is __u8[4] on one side and __be32 on the other: bytes match any type of their size.
        if (mine.ElementSize != theirs.ElementSize)
            return LayoutDifferenceKind.Size;
        if (mine.Count != theirs.Count)
            return LayoutDifferenceKind.Count;
        return MeanTheSame(mine.Kind, theirs.Kind) ? null : LayoutDifferenceKind.Meaning;
    }

    private static void AddLeftOvers(List<LayoutLeaf> mine, List<LayoutLeaf> theirs, List<LeafDifference> differences)
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
    /// Returns whether bytes of the same size have the same meaning. The sign of <c>char</c> in C depends on the machine, and that of an
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
