using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>Finds the difference that explains the others.</summary>
/// <remarks>
/// Whether layouts differ never depends on names, but the difference to report does. After an extra field, every field is at the offset of
/// another one and matches it or not by accident; the first field with the same name at another offset shows the cause.
/// </remarks>
internal static class FirstDivergence
{
    public static LeafDifference? Find(LeafCollector declared, LeafCollector actual, List<LeafDifference> differences)
    {
        if (differences.Count == 0)
            return null;
        LeafDifference first = differences[0];
        List<LayoutLeaf> mine = declared.Before(int.MaxValue),
            theirs = actual.Before(int.MaxValue);
        LeafDifference? moved = FirstMoved(mine, theirs);
        if (moved is not null && moved.Offset <= first.Offset && !IsRetyped(first, moved))
            return moved;
        return first.Kind == LayoutDifferenceKind.Offset ? Neighbours(first, mine, theirs) : first;
    }

    // Remaining fields were paired by order alone. If their names do not match, the fields at the first different offset are reported.
    private static LeafDifference Neighbours(LeafDifference first, List<LayoutLeaf> mine, List<LayoutLeaf> theirs) =>
        first with
        {
            Mine = mine.Find(l => l.Offset >= first.Offset) ?? first.Mine,
            Theirs = theirs.Find(l => l.Offset >= first.Offset) ?? first.Theirs,
        };

    // If a field changed its size, that is the cause, and the moved field after it is the effect.
    private static bool IsRetyped(LeafDifference first, LeafDifference moved) =>
        first is { Kind: not LayoutDifferenceKind.Offset, Mine: { } mine, Theirs: { } theirs }
        && NameOf(mine) == NameOf(theirs)
        && first.Offset <= moved.Offset;

    private static LeafDifference? FirstMoved(List<LayoutLeaf> mine, List<LayoutLeaf> theirs)
    {
        Dictionary<string, LayoutLeaf?> byPath = By(theirs, PathOf),
            byName = By(theirs, NameOf);
        Dictionary<string, LayoutLeaf?> ownByName = By(mine, NameOf);
        LeafDifference? first = null;
        foreach (LayoutLeaf leaf in mine)
        {
            LayoutLeaf? other = Find(byPath, PathOf(leaf)) ?? (Find(ownByName, NameOf(leaf)) is null ? null : Find(byName, NameOf(leaf)));
            if (other is not null && other.Offset != leaf.Offset && Math.Min(other.Offset, leaf.Offset) < (first?.Offset ?? int.MaxValue))
                first = new(LayoutDifferenceKind.Offset, leaf, other);
        }
        return first;
    }

    private static LayoutLeaf? Find(Dictionary<string, LayoutLeaf?> leaves, string name) =>
        leaves.TryGetValue(name, out LayoutLeaf? leaf) ? leaf : null;

    /// <summary>Indexes leaves by name; <see langword="null"/> if several have the same name.</summary>
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

    /// <summary>Normalizes a path, so that C# and C names match: <c>From.SourcePort</c> and <c>from.source_port</c>.</summary>
    private static string PathOf(LayoutLeaf leaf) => leaf.Path.Replace("_", "").ToLowerInvariant();

    /// <summary>Gets the last name of the path, for fields that are nested differently.</summary>
    private static string NameOf(LayoutLeaf leaf)
    {
        string path = PathOf(leaf);
        return path.Substring(path.LastIndexOf('.') + 1);
    }
}
