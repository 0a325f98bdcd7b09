namespace BpfMaps.Metadata;

/// <summary>
/// Compares two layouts byte by byte: offsets, sizes, signedness, lengths of arrays. Names are not compared, and neither is nesting: four
/// fields of a nested struct are the same as the four fields in a row.
/// </summary>
internal static class LayoutComparison
{
    /// <summary>Lists every difference; empty if both describe the same bytes.</summary>
    /// <param name="declared">What the C# side has.</param>
    /// <param name="actual">What the kernel or the object file has.</param>
    public static List<LayoutDifference> Compare(BpfTypeLayout declared, BpfTypeLayout actual)
    {
        List<LayoutDifference> differences = [];
        if (declared.Size != actual.Size)
            differences.Add(
                new(
                    LayoutDifferenceKind.TotalSize,
                    $"'{declared.DisplayName}' is {declared.Size} bytes, '{actual.DisplayName}' is {actual.Size}"
                )
            );

        LeafList ours = LeafList.Of(declared),
            others = LeafList.Of(actual);
        int limit = Math.Min(ours.Limit, others.Limit);
        (List<LayoutLeaf> mine, List<LayoutLeaf> theirs) = LeafWalk.DropWhatUnionsCover(ours.Before(limit), others.Before(limit));
        (theirs, mine) = LeafWalk.DropWhatUnionsCover(theirs, mine);

        (mine, theirs) = LeafWalk.Pair(mine, theirs, (my, their) => CompareTypes(my, their, differences));
        CompareLeftOvers(
            LeafWalk.DropNamedPadding(mine, Coverage.Gaps(actual, limit).ConvertAll(static run => (run.Offset, run.End))),
            theirs,
            differences
        );
        return differences;
    }

    private static void CompareTypes(LayoutLeaf mine, LayoutLeaf theirs, List<LayoutDifference> differences)
    {
        LayoutDifferenceKind kind;
        if (mine.Size == theirs.Size && (mine.IsBytes || theirs.IsBytes))
            return; // An address as __u8[4] on one side and as a __be32 on the other: bytes say nothing about what they mean.
        if (mine.Type.Size != theirs.Type.Size)
            kind = LayoutDifferenceKind.Size;
        else if (mine.Count != theirs.Count)
            kind = LayoutDifferenceKind.Count;
        else if (!SameMeaning(mine.Type, theirs.Type))
            kind = LayoutDifferenceKind.Meaning;
        else
            return;
        differences.Add(
            new(
                kind,
                $"at offset {mine.Offset}, field '{mine.Path}' is {mine.TypeText} ({mine.Size} bytes), '{theirs.Path}' is {theirs.TypeText} ({theirs.Size} bytes)"
            )
        );
    }

    private static void CompareLeftOvers(List<LayoutLeaf> mine, List<LayoutLeaf> theirs, List<LayoutDifference> differences)
    {
        int pairs = Math.Min(mine.Count, theirs.Count);
        for (int index = 0; index < pairs; index++)
        {
            differences.Add(
                new(
                    LayoutDifferenceKind.Offset,
                    $"field '{mine[index].Path}' ({mine[index].TypeText}) is at offset {mine[index].Offset}, '{theirs[index].Path}' ({theirs[index].TypeText}) is at {theirs[index].Offset}"
                )
            );
        }
        foreach (LayoutLeaf leaf in mine.Skip(pairs))
            differences.Add(
                new(LayoutDifferenceKind.Missing, $"field '{leaf.Path}' ({leaf.TypeText} at offset {leaf.Offset}) is declared only in C#")
            );
        foreach (LayoutLeaf leaf in theirs.Skip(pairs))
            differences.Add(
                new(LayoutDifferenceKind.Missing, $"field '{leaf.Path}' ({leaf.TypeText} at offset {leaf.Offset}) is not declared in C#")
            );
    }

    /// <summary>
    /// Returns whether bytes of one size mean the same. C's <c>char</c> is signed on some machines and unsigned on others, and an
    /// enumeration's
    /// sign in BTF follows from its constants, so neither tells anything about the sign that the other side declared.
    /// </summary>
    private static bool SameMeaning(BpfTypeLayout left, BpfTypeLayout right)
    {
        if (left.Kind == right.Kind)
            return true;
        if (left.Kind == BpfTypeKind.Float || right.Kind == BpfTypeKind.Float)
            return false;
        if (left.Kind == BpfTypeKind.Union || right.Kind == BpfTypeKind.Union)
            return true;
        bool bothPlain =
            left.Kind is BpfTypeKind.Unsigned or BpfTypeKind.Signed && right.Kind is BpfTypeKind.Unsigned or BpfTypeKind.Signed;
        return !bothPlain;
    }
}
