namespace BpfMaps.Metadata;

/// <summary>
/// Compares two layouts byte by byte: offsets, sizes, signedness, lengths of arrays. Names are not compared, and neither is nesting: four
/// fields of a nested struct are the same as the four fields in a row.
/// </summary>
internal static class LayoutComparison
{
    /// <summary>Lists all differences; empty if both layouts describe the same bytes.</summary>
    /// <param name="declared">What the C# side has.</param>
    /// <param name="actual">What the kernel or the object file has.</param>
    /// <param name="side">The declared side in messages.</param>
    public static List<LayoutDifference> Compare(BpfTypeLayout declared, BpfTypeLayout actual, string side = "C#")
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
        List<(int Offset, int End)> gaps = Coverage.Gaps(actual, limit).ConvertAll(static run => (run.Offset, run.End));
        foreach (LeafDifference difference in LeafComparison.Compare(ours.Before(limit), others.Before(limit), gaps))
            differences.Add(new(difference.Kind, TextOf(difference, side)));
        return differences;
    }

    private static string TextOf(LeafDifference difference, string side) =>
        difference switch
        {
            { Mine: { } mine, Theirs: { } theirs, Kind: LayoutDifferenceKind.Offset } =>
                $"field '{mine.Path}' ({mine.TypeText}) is at offset {mine.Offset}, '{theirs.Path}' ({theirs.TypeText}) is at {theirs.Offset}",
            { Mine: { } mine, Theirs: { } theirs } =>
                $"at offset {mine.Offset}, field '{mine.Path}' is {mine.TypeText} ({mine.Size} bytes), '{theirs.Path}' is {theirs.TypeText} ({theirs.Size} bytes)",
            { Mine: { } leaf } => $"field '{leaf.Path}' ({leaf.TypeText} at offset {leaf.Offset}) is declared only in {side}",
            { Theirs: var leaf } => $"field '{leaf!.Path}' ({leaf.TypeText} at offset {leaf.Offset}) is not declared in {side}",
        };
}
