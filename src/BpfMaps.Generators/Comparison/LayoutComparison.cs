using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>In what two layouts differ at one place.</summary>
internal enum LayoutDifferenceKind
{
    /// <summary>A field stands elsewhere.</summary>
    Offset,

    /// <summary>A field, or an array's element, has another size.</summary>
    Size,

    /// <summary>The bytes mean something else: signed or not, integer or floating point.</summary>
    Meaning,

    /// <summary>An array has another number of elements.</summary>
    Count,

    /// <summary>A number is in network order on one side only.</summary>
    ByteOrder,

    /// <summary>A field that only one of the layouts has.</summary>
    Missing,
}

/// <summary>One difference between what is declared and what the object has.</summary>
/// <param name="Mine">The C# field; <see langword="null"/> if there is none.</param>
/// <param name="Theirs">The C field; <see langword="null"/> if there is none.</param>
internal sealed record LayoutDifference(LayoutDifferenceKind Kind, LayoutLeaf? Mine, LayoutLeaf? Theirs)
{
    /// <summary>Where the two sides part.</summary>
    public int Offset => Math.Min(Mine?.Offset ?? int.MaxValue, Theirs?.Offset ?? int.MaxValue);
}

/// <summary>
/// Compares leaves byte by byte: offsets, sizes, signedness, lengths of arrays. Names are not compared, and neither is nesting. The rules are those of the
/// runtime's <c>LayoutComparison</c>, which compares again when a map is opened: what passes here must pass there, and a test holds them together.
/// </summary>
internal static class LayoutComparison
{
    /// <summary>Lists every difference in the order of the offsets; empty if both have the same fields.</summary>
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

    /// <summary>The pairs of numbers of which one is in network order, in the order of the offsets.</summary>
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
            return null; // An address as __u8[4] on one side and as a __be32 on the other: bytes say nothing about what they mean.
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
    /// Whether bytes of one size mean the same. C's <c>char</c> is signed on some machines and unsigned on others, and an enumeration's sign in BTF
    /// follows from its constants, so neither tells anything about the sign that the other side declared.
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
