namespace BpfMaps.Metadata;

/// <summary>Finds the bytes that the fields of a type cover. They are kept as ranges, because a type may have a billion bytes.</summary>
internal static class Coverage
{
    /// <summary>Returns whether there are bytes that no field covers, without enumerating the elements of arrays.</summary>
    public static bool HasGaps(BpfTypeLayout type)
    {
        // Gaps in the elements of a field are gaps of the type, unless another field overlaps them.
        (int Offset, int End, bool IsFull)[] fields =
        [
            .. type
                .Fields.Where(static f => f.Size > 0)
                .Select(static f => (f.Offset, f.Offset + f.Size, f.BitSize != 0 || !f.Type.HasPadding))
                .OrderBy(static f => f.Item1),
        ];
        int end = 0,
            fullEnd = 0;
        bool isOverlapped = false,
            isAllFull = true;
        foreach ((int offset, int behind, bool isFull) in fields)
        {
            if (offset > end)
                return true;
            isOverlapped |= offset < end;
            isAllFull &= isFull;
            end = Math.Max(end, behind);
            if (isFull && offset <= fullEnd)
                fullEnd = Math.Max(fullEnd, behind);
        }
        if (end < type.Size)
            return true;
        if (isAllFull || fullEnd >= type.Size)
            return false;
        return !isOverlapped || Gaps(type, int.MaxValue).Count != 0;
    }

    /// <summary>The bytes that no field covers, in order.</summary>
    /// <param name="type">The type.</param>
    /// <param name="limit">The offset from which on gaps do not matter.</param>
    public static List<PaddingRun> Gaps(BpfTypeLayout type, int limit)
    {
        List<(int Offset, int End)> covered = [];
        Cover(covered, type, 0, limit);
        List<PaddingRun> gaps = [];
        int end = 0;
        foreach ((int offset, int behind) in covered.OrderBy(static run => run.Offset))
        {
            if (offset > end)
                gaps.Add(new(end, offset - end));
            end = Math.Max(end, behind);
        }
        if (type.Size > end && end < limit)
            gaps.Add(new(end, type.Size - end));
        return gaps;
    }

    private static void Cover(List<(int Offset, int End)> covered, BpfTypeLayout type, int start, int limit)
    {
        foreach (BpfFieldLayout field in type.Fields)
        {
            int offset = start + field.Offset;
            if (offset >= limit || field.Size == 0)
                continue;
            if (field.BitSize != 0 || !field.Type.HasPadding)
            {
                Add(covered, offset, offset + field.Size);
                continue;
            }
            if (field.Type.LeafCount == 0)
                continue;
            int count = Math.Max(field.Count, 1);
            for (int element = 0; element < count && offset < limit; element++, offset += field.Type.Size)
                Cover(covered, field.Type, offset, limit);
        }
    }

    private static void Add(List<(int Offset, int End)> covered, int offset, int end)
    {
        // Fields in a row are one run.
        if (covered.Count > 0 && covered[^1].End == offset)
            covered[^1] = (covered[^1].Offset, end);
        else
            covered.Add((offset, end));
    }
}
