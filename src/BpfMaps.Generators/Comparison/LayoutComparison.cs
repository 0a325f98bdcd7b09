using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>Compares a declared type with a type of an object, with the rules that also apply when a map is opened.</summary>
internal static class LayoutComparison
{
    /// <summary>Lists all differences in the order of offsets; empty if both have the same fields.</summary>
    public static List<LeafDifference> Compare(LeafCollector declared, LeafCollector actual)
    {
        int limit = Math.Min(declared.Limit, actual.Limit);
        return
        [
            .. LeafComparison
                .Compare(declared.Before(limit), actual.Before(limit), actual.Gaps())
                .OrderBy(static difference => difference.Offset),
        ];
    }

    /// <summary>Lists the pairs of numbers with different byte order, in the order of offsets.</summary>
    public static List<LeafDifference> ByteOrders(LeafCollector declared, LeafCollector actual)
    {
        int limit = Math.Min(declared.Limit, actual.Limit);
        List<LeafDifference> differences = [];
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
}
