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
        List<LayoutLeaf> mine = declared.Before(int.MaxValue), theirs = actual.Before(int.MaxValue);
        LayoutDifference? moved = FirstMoved(mine, theirs);
        if (moved is not null && moved.Offset <= first.Offset && !IsRetyped(first, moved))
            return moved;
        return first.Kind == LayoutDifferenceKind.Offset ? Neighbours(first, mine, theirs) : first;
    }

    // Left-over fields were paired by order alone. Of fields whose names say nothing, those that stand where the sides part are the ones to show.
    private static LayoutDifference Neighbours(LayoutDifference first, List<LayoutLeaf> mine, List<LayoutLeaf> theirs) => first with
    {
        Mine = mine.Find(l => l.Offset >= first.Offset) ?? first.Mine,
        Theirs = theirs.Find(l => l.Offset >= first.Offset) ?? first.Theirs,
    };

    // Where a field has become larger or smaller, that is the cause, and the field behind it that moved the effect.
    private static bool IsRetyped(LayoutDifference first, LayoutDifference moved) =>
        first is { Kind: not LayoutDifferenceKind.Offset, Mine: { } mine, Theirs: { } theirs } && NameOf(mine) == NameOf(theirs) && first.Offset <= moved.Offset;

    private static LayoutDifference? FirstMoved(List<LayoutLeaf> mine, List<LayoutLeaf> theirs)
    {
        Dictionary<string, LayoutLeaf?> byPath = By(theirs, PathOf), byName = By(theirs, NameOf);
        Dictionary<string, LayoutLeaf?> ownByName = By(mine, NameOf);
        LayoutDifference? first = null;
        foreach (LayoutLeaf leaf in mine)
        {
            LayoutLeaf? other = Find(byPath, PathOf(leaf)) ?? (Find(ownByName, NameOf(leaf)) is null ? null : Find(byName, NameOf(leaf)));
            if (other is not null && other.Offset != leaf.Offset && Math.Min(other.Offset, leaf.Offset) < (first?.Offset ?? int.MaxValue))
                first = new(LayoutDifferenceKind.Offset, leaf, other);
        }
        return first;
    }

    private static LayoutLeaf? Find(Dictionary<string, LayoutLeaf?> leaves, string name) => leaves.TryGetValue(name, out LayoutLeaf? leaf) ? leaf : null;

    /// <summary>Leaves by their names; <see langword="null"/> for a name that several have.</summary>
    private static Dictionary<string, LayoutLeaf?> By(List<LayoutLeaf> leaves, Func<LayoutLeaf, string> nameOf)
    {
        Dictionary<string, LayoutLeaf?> byName = new(StringComparer.Ordinal);
        foreach (LayoutLeaf leaf in leaves)
        {
            if (nameOf(leaf) is { Length: > 0 } name)
                byName[name] = byName.ContainsKey(name) ? null : leaf;
        }
        return byName;
    }

    /// <summary>The path as both languages' habits would have it: <c>From.SourcePort</c> is <c>from.source_port</c>.</summary>
    private static string PathOf(LayoutLeaf leaf) => leaf.Path.Replace("_", "").ToLowerInvariant();

    /// <summary>The last name of the path, for fields that are nested otherwise.</summary>
    private static string NameOf(LayoutLeaf leaf)
    {
        string path = PathOf(leaf);
        return path.Substring(path.LastIndexOf('.') + 1);
    }
}
