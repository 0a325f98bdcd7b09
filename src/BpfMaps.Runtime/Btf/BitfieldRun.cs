namespace BpfMaps.Metadata;

/// <summary>
/// Bitfields that share their storage. C# has none: it declares the storage, as one integer or as several, so for comparing they are bytes
/// that can be declared in any way, as those of a union.
/// </summary>
/// <param name="Path">The names: <c>version/length</c>.</param>
/// <param name="Offset">The first byte of the storage, from the start of the struct.</param>
/// <param name="End">The byte behind it.</param>
internal readonly record struct BitfieldRun(string Path, int Offset, int End)
{
    // Enough for 64 bits with short names; those of a corrupt object may be many, and at one place.
    private const int LongestPath = 500;

    /// <summary>
    /// Takes the bitfields that begin at <paramref name="index"/> and share storage; <paramref name="index"/> moves behind them.
    /// </summary>
    public static BitfieldRun Take(BpfTypeLayout type, ref int index)
    {
        IReadOnlyList<BpfFieldLayout> fields = type.Fields;
        int before = index == 0 ? 0 : fields[index - 1].Offset + fields[index - 1].Size;
        BitfieldRun run = Of(fields[index]);
        for (index++; index < fields.Count && fields[index].BitSize != 0; index++)
        {
            BitfieldRun next = Of(fields[index]);
            if (next.Offset >= run.End)
                break;
            run = new(
                run.Path.Length > LongestPath ? run.Path : $"{run.Path}/{next.Path}",
                Math.Min(run.Offset, next.Offset),
                Math.Max(run.End, next.End)
            );
        }

        // A unit may overlap the bytes next to the bitfields, which have their own fields.
        int after = index < fields.Count ? fields[index].Offset : type.Size;
        int offset = before < run.End ? Math.Max(run.Offset, before) : run.Offset;
        return run with { Offset = offset, End = after > offset ? Math.Min(run.End, after) : run.End };
    }

    private static BitfieldRun Of(BpfFieldLayout field)
    {
        int unit = field.Offset - field.Offset % field.Type.Size;
        bool fits = (field.Offset - unit) * 8 + field.BitOffset + field.BitSize <= field.Type.Size * 8;
        return fits ? new(field.Name, unit, unit + field.Type.Size) : new(field.Name, field.Offset, field.Offset + field.Size);
    }
}
