namespace BpfMaps;

/// <summary>Bytes in a row that no field covers.</summary>
/// <param name="Offset">The first one, from the start of the type.</param>
/// <param name="Length">How many.</param>
internal readonly record struct PaddingRun(int Offset, int Length)
{
    /// <summary>Where the byte after the last one would be.</summary>
    public int End => Offset + Length;

    /// <summary>Finds the bytes of a type that no field covers, in nested types and in every element of an array too.</summary>
    internal static PaddingRun[] Find(BpfTypeLayout type)
    {
        bool[] covered = new bool[type.Size];
        Cover(type, covered);

        List<PaddingRun> runs = [];
        for (int start = 0; start < covered.Length; start++)
        {
            if (covered[start])
                continue;
            int end = Array.IndexOf(covered, true, start);
            end = end < 0 ? covered.Length : end;
            runs.Add(new(start, end - start));
            start = end;
        }
        return [.. runs];
    }

    private static void Cover(BpfTypeLayout type, Span<bool> covered)
    {
        if (type.IsScalar)
        {
            covered.Fill(true);
            return;
        }
        foreach (BpfFieldLayout field in type.Fields)
        {
            Span<bool> rest = covered.Slice(field.Offset, field.Size);
            if (field.Type is { HasPadding: false })
            {
                rest.Fill(true);
                continue;
            }
            for (; !rest.IsEmpty; rest = rest[field.Type.Size..])
                Cover(field.Type, rest[..field.Type.Size]);
        }
    }
}
