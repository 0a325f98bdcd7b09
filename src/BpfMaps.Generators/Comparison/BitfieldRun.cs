using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Comparison;

/// <summary>Bitfields that share storage. C# may declare these bytes in any way.</summary>
/// <param name="Path">The names: <c>version/length</c>.</param>
/// <param name="Offset">The first byte of the storage, from the start of the struct.</param>
/// <param name="End">The first byte after it.</param>
internal readonly record struct BitfieldRun(string Path, int Offset, int End)
{
    // Enough for 64 bits with short names. A corrupt object may have many bitfields at one place.
    private const int LongestPath = 500;

    /// <summary>
    /// Collects the bitfields that begin at <paramref name="index"/> and share storage, and advances <paramref name="index"/>.
    /// </summary>
    public static BitfieldRun Take(LayoutType type, Func<LayoutTypeUse, int> sizeOf, ref int index)
    {
        int before = index == 0 ? 0 : EndOf(type.Fields[index - 1], sizeOf);
        BitfieldRun run = Of(type.Fields[index], sizeOf);
        for (index++; index < type.Fields.Count && type.Fields[index].BitSize != 0; index++)
        {
            BitfieldRun next = Of(type.Fields[index], sizeOf);
            if (next.Offset >= run.End)
                break;
            run = new(
                run.Path.Length > LongestPath ? run.Path : $"{run.Path}/{next.Path}",
                Math.Min(run.Offset, next.Offset),
                Math.Max(run.End, next.End)
            );
        }

        // A unit may overlap the fields before and after the bitfields.
        int after = index < type.Fields.Count ? type.Fields[index].Offset : type.Size;
        int offset = before < run.End ? Math.Max(run.Offset, before) : run.Offset;
        return run with { Offset = offset, End = after > offset ? Math.Min(run.End, after) : run.End };
    }

    private static BitfieldRun Of(LayoutField field, Func<LayoutTypeUse, int> sizeOf)
    {
        int size = sizeOf(field.Type);
        int unit = field.Offset - (field.Offset % size);
        bool fits = ((field.Offset - unit) * 8) + field.BitOffset + field.BitSize <= size * 8;
        return fits ? new(field.Name, unit, unit + size) : new(field.Name, field.Offset, EndOf(field, sizeOf));
    }

    private static int EndOf(LayoutField field, Func<LayoutTypeUse, int> sizeOf) =>
        field.Offset
        + (field.BitSize == 0 ? sizeOf(field.Type) * Math.Max(field.Type.Count, 1) : (field.BitOffset + field.BitSize + 7) / 8);
}
