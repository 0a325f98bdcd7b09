namespace BpfMaps.Metadata;

/// <summary>
/// Bitfields that share storage. C# has no bitfields: it declares the storage as one integer or several, so a comparison accepts any
/// declaration of these bytes, as for unions.
/// </summary>
/// <param name="Path">The names: <c>version/length</c>.</param>
/// <param name="Offset">The first byte of the storage, from the start of the struct.</param>
/// <param name="End">The first byte after the storage.</param>
internal readonly record struct BitfieldRun(string Path, int Offset, int End)
{
    // Enough for 64 bits with short names. A corrupt object may have many bitfields at one place.
    private const int LongestPath = 500;

    /// <summary>
    /// Collects the bitfields that begin at <paramref name="index"/> and share storage, and advances <paramref name="index"/>.
    /// </summary>
    /// <param name="count">The number of fields of the struct.</param>
    /// <param name="size">The size of the struct in bytes.</param>
    /// <param name="fieldAt">Returns a field of the struct.</param>
    /// <param name="index">The index of the first bitfield.</param>
    public static BitfieldRun Take(int count, int size, Func<int, FieldPlace> fieldAt, ref int index)
    {
        int before = index == 0 ? 0 : fieldAt(index - 1).End;
        BitfieldRun run = Of(fieldAt(index));
        for (index++; index < count && fieldAt(index) is { IsBitfield: true } field; index++)
        {
            BitfieldRun next = Of(field);
            if (next.Offset >= run.End)
                break;
            run = new(
                run.Path.Length > LongestPath ? run.Path : $"{run.Path}/{next.Path}",
                Math.Min(run.Offset, next.Offset),
                Math.Max(run.End, next.End)
            );
        }

        // A unit may overlap the fields before and after the bitfields.
        int after = index < count ? fieldAt(index).Offset : size;
        int offset = before < run.End ? Math.Max(run.Offset, before) : run.Offset;
        return run with { Offset = offset, End = after > offset ? Math.Min(run.End, after) : run.End };
    }

    /// <summary>Gets the storage of one bitfield: the unit that contains it, or its own bytes if it crosses units.</summary>
    private static BitfieldRun Of(FieldPlace field)
    {
        int unit = field.Offset - (field.Offset % field.UnitSize);
        bool fits = ((field.Offset - unit) * 8) + field.BitOffset + field.BitSize <= field.UnitSize * 8;
        return fits ? new(field.Name, unit, unit + field.UnitSize) : new(field.Name, field.Offset, field.End);
    }
}
