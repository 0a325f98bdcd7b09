using System.Globalization;

namespace BpfMaps.Generators.Model;

/// <summary>Bytes of a struct that belong to none of its fields.</summary>
/// <param name="After">The field before the gap; <see langword="null"/> if the gap is at the struct's start.</param>
internal sealed record Gap(int Offset, int Length, string? After)
{
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} at offset {1}", Length == 1 ? "1 byte" : $"{Length} bytes", Offset);
}

internal static class Padding
{
    /// <summary>The gaps between, before and after the fields of one struct; those inside of its fields are theirs.</summary>
    public static IReadOnlyList<Gap> Own(TypeLayout layout)
    {
        List<Gap> gaps = [];
        if (!layout.IsComposite)
            return gaps;
        int covered = 0;
        string? last = null;
        foreach (FieldLayout field in layout.Fields.OrderBy(static f => f.Offset))
        {
            if (field.Offset > covered)
                gaps.Add(new(covered, field.Offset - covered, last));
            if (field.End >= covered)
            {
                covered = field.End;
                last = field.Name;
            }
        }
        if (layout.Size > covered)
            gaps.Add(new(covered, layout.Size - covered, last));
        return gaps;
    }
}
