namespace BpfMaps.Generators.Comparison;

/// <summary>Of many differences, finds the one that explains the others.</summary>
/// <remarks>
/// Whether there is a difference never depends on names. Which one to show does: behind a field too many, every field stands at the place of another and
/// fits it or does not by chance, while the first field with a known name at an unknown place tells what happened.
/// </remarks>
internal static class FirstDivergence
{
    public static LayoutDifference? Find(LeafCollector declared, LeafCollector actual, List<LayoutDifference> differences)
    {
        if (differences.Count == 0)
            return null;
        LayoutDifference first = differences[0];
        LayoutDifference? moved = FirstMoved(declared.Before(int.MaxValue), actual.Before(int.MaxValue));
        return moved is not null && moved.Offset <= first.Offset && !IsRetyped(first, moved) ? moved : first;
    }

    // Where a field has become larger or smaller, that is the cause, and the field behind it that moved the effect.
    private static bool IsRetyped(LayoutDifference first, LayoutDifference moved) =>
        first is { Kind: not LayoutDifferenceKind.Offset, Mine: { } mine, Theirs: { } theirs } && NameOf(mine) == NameOf(theirs) && first.Offset <= moved.Offset;

    private static LayoutDifference? FirstMoved(List<LayoutLeaf> mine, List<LayoutLeaf> theirs)
    {
        Dictionary<string, LayoutLeaf?> known = ByName(theirs);
        Dictionary<string, LayoutLeaf?> own = ByName(mine);
        return own
            .Where(pair => pair.Value is { } leaf && known.TryGetValue(pair.Key, out LayoutLeaf? other) && other is not null && other.Offset != leaf.Offset)
            .Select(pair => new LayoutDifference(LayoutDifferenceKind.Offset, pair.Value, known[pair.Key]))
            .OrderBy(static d => d.Offset).ThenBy(static d => d.Mine!.Offset)
            .FirstOrDefault();
    }

    /// <summary>Leaves by their names; <see langword="null"/> for a name that several have.</summary>
    private static Dictionary<string, LayoutLeaf?> ByName(List<LayoutLeaf> leaves)
    {
        Dictionary<string, LayoutLeaf?> byName = new(StringComparer.Ordinal);
        foreach (LayoutLeaf leaf in leaves)
        {
            if (NameOf(leaf) is { Length: > 0 } name)
                byName[name] = byName.ContainsKey(name) ? null : leaf;
        }
        return byName;
    }

    /// <summary>The last name of the path as both languages' habits would have it: <c>SourcePort</c> is <c>source_port</c>.</summary>
    private static string NameOf(LayoutLeaf leaf) =>
        leaf.Path.Substring(leaf.Path.LastIndexOf('.') + 1).Replace("_", "").ToLowerInvariant();
}
