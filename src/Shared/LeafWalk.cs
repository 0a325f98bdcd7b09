namespace BpfMaps.Metadata;

/// <summary>
/// Compares the leaves of two layouts in the order of their offsets. Visits each leaf once, because arrays of structs have thousands.
/// </summary>
internal static class LeafWalk
{
    /// <summary>
    /// Removes unions whose bytes are declared by other fields on the other side, as long as no such field extends beyond the union.
    /// </summary>
    /// <returns>The remaining unions, and the remaining leaves of the other side.</returns>
    public static (List<LayoutLeaf> Unions, List<LayoutLeaf> Others) DropWhatUnionsCover(
        IReadOnlyList<LayoutLeaf> unions,
        IReadOnlyList<LayoutLeaf> others
    )
    {
        int[] reach = ReachOf(others);
        bool[] isMet = new bool[unions.Count],
            isCovered = new bool[others.Count];
        int first = others.Count; // Of the others, the first that begins no earlier than the union.
        for (int index = unions.Count - 1; index >= 0; index--)
        {
            LayoutLeaf union = unions[index];
            if (!union.IsOpaque)
                continue;
            while (first > 0 && others[first - 1].Offset >= union.Offset)
                first--;
            bool sticksOut = reach[first] > union.Offset;
            if (sticksOut || !Covers(union, others, first, isCovered))
                continue;
            isMet[index] = true;
            for (int other = first; other < others.Count && others[other].Offset <= union.End; other++)
                isCovered[other] |= others[other].End <= union.End;
        }
        return (Without(unions, isMet), Without(others, isCovered));
    }

    /// <summary>
    /// Removes fields that are inside a union of the same side, which explicit layout allows: the union has their bytes already.
    /// </summary>
    public static List<LayoutLeaf> DropInsideOfUnions(IReadOnlyList<LayoutLeaf> leaves)
    {
        bool[] isInside = new bool[leaves.Count];
        int reach = 0; // The end of the unions so far.
        for (int start = 0, next; start < leaves.Count; start = next)
        {
            int before = reach;
            for (next = start; next < leaves.Count && leaves[next].Offset == leaves[start].Offset; next++)
                reach = leaves[next].IsOpaque ? Math.Max(reach, leaves[next].End) : reach;
            bool isKept = before == reach; // The union that reaches farthest stays.
            for (int index = start; index < next; index++)
            {
                bool isFarthest = leaves[index].IsOpaque && leaves[index].End == reach && !isKept;
                isKept |= isFarthest;
                isInside[index] = !isFarthest && leaves[index].End <= reach;
            }
        }
        return Without(leaves, isInside);
    }

    /// <summary>Returns whether a field is padding that has a name only in C#.</summary>
    public static List<LayoutLeaf> DropNamedPadding(IReadOnlyList<LayoutLeaf> leaves, IReadOnlyList<(int Offset, int End)> gaps)
    {
        bool[] isPadding = new bool[leaves.Count];
        int gap = -1; // The last that begins no later than the leaf.
        for (int index = 0; index < leaves.Count; index++)
        {
            while (gap + 1 < gaps.Count && gaps[gap + 1].Offset <= leaves[index].Offset)
                gap++;
            isPadding[index] = gap >= 0 && leaves[index].End <= gaps[gap].End;
        }
        return Without(leaves, isPadding);
    }

    /// <summary>Gives <paramref name="pair"/> the leaves that begin at one offset, in order.</summary>
    /// <returns>What has no counterpart.</returns>
    public static (List<LayoutLeaf> Mine, List<LayoutLeaf> Theirs) Pair(
        IReadOnlyList<LayoutLeaf> mine,
        IReadOnlyList<LayoutLeaf> theirs,
        Action<LayoutLeaf, LayoutLeaf> pair
    )
    {
        List<LayoutLeaf> myRest = [],
            theirRest = [];
        int my = 0,
            their = 0;
        while (my < mine.Count || their < theirs.Count)
        {
            if (their == theirs.Count || (my < mine.Count && mine[my].Offset < theirs[their].Offset))
                myRest.Add(mine[my++]);
            else if (my == mine.Count || mine[my].Offset > theirs[their].Offset)
                theirRest.Add(theirs[their++]);
            else
                pair(mine[my++], theirs[their++]);
        }
        return (myRest, theirRest);
    }

    /// <summary>For each leaf, the end of all leaves before it; the last element is the end of all leaves.</summary>
    private static int[] ReachOf(IReadOnlyList<LayoutLeaf> leaves)
    {
        int[] reach = new int[leaves.Count + 1];
        for (int index = 0; index < leaves.Count; index++)
            reach[index + 1] = Math.Max(reach[index], leaves[index].End);
        return reach;
    }

    /// <summary>Returns whether the other side has leaves in the place of a union, none of which extends beyond it.</summary>
    private static bool Covers(LayoutLeaf union, IReadOnlyList<LayoutLeaf> others, int first, bool[] isCovered)
    {
        bool any = false;
        for (int other = first; other < others.Count && others[other].Offset <= union.End; other++)
        {
            if (isCovered[other])
                continue;
            if (others[other].End <= union.End)
                any = true;
            else if (others[other].Offset < union.End)
                return false;
        }
        return any;
    }

    private static List<LayoutLeaf> Without(IReadOnlyList<LayoutLeaf> leaves, bool[] isDropped)
    {
        List<LayoutLeaf> kept = new(leaves.Count);
        for (int index = 0; index < leaves.Count; index++)
        {
            if (!isDropped[index])
                kept.Add(leaves[index]);
        }
        return kept;
    }
}
