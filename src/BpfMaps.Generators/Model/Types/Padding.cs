namespace BpfMaps.Generators.Model;

internal static class Padding
{
    /// <summary>Gets the gaps before, between and after the fields of a struct, without those inside fields.</summary>
    public static IReadOnlyList<Gap> Own(TypeLayout layout) =>
        layout.IsComposite ? Between(layout.Fields.Select(static f => (f.Offset, f.End, f.Name)), layout.Size) : [];

    /// <summary>Gets the bytes that fields do not cover.</summary>
    public static IReadOnlyList<Gap> Between(IEnumerable<(int Offset, int End, string Name)> fields, int size)
    {
        List<Gap> gaps = [];
        int covered = 0;
        string? last = null;
        foreach ((int offset, int end, string name) in fields.OrderBy(static f => f.Offset))
        {
            if (offset > covered)
                gaps.Add(new(covered, offset - covered, last));
            if (end >= covered)
            {
                covered = end;
                last = name;
            }
        }
        if (size > covered)
            gaps.Add(new(covered, size - covered, last));
        return gaps;
    }
}
