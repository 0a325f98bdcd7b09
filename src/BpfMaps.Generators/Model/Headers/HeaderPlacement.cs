using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Model;

/// <summary>How C code places fields at given offsets: naturally where it can, otherwise in packed structs.</summary>
/// <param name="Members">The members in the order of offsets.</param>
/// <param name="IsPacked">Whether the struct needs <c>packed</c>.</param>
/// <param name="Alignment">The alignment of the struct in C.</param>
internal sealed record HeaderPlacement(IReadOnlyList<HeaderMember> Members, bool IsPacked, int Alignment)
{
    public static HeaderPlacement Of(BpfTypeKind kind, int size, int alignment, IReadOnlyList<HeaderField> fields)
    {
        IReadOnlyList<HeaderMember> members =
            kind == BpfTypeKind.Union ? [.. fields.Select(static field => Member([field]))] : Group(fields);
        int natural = members.Max(static member => member.Alignment);
        bool isPacked = size % natural != 0 || members.Any(static member => member.Offset % member.Alignment != 0);
        // C rounds sizes up to the alignment; the CLR does not round up declared sizes.
        int packed = size % alignment == 0 ? alignment : 1;
        return new(members, isPacked, isPacked ? packed : natural);
    }

    private static List<HeaderMember> Group(IReadOnlyList<HeaderField> fields)
    {
        List<HeaderMember> members = [];
        List<HeaderField> group = [];
        int end = 0;
        foreach (HeaderField field in fields.OrderBy(static field => field.Offset))
        {
            if (group.Count > 0 && field.Offset >= end)
            {
                members.Add(Member(group));
                group = [];
            }
            group.Add(field);
            end = Math.Max(end, field.End);
        }
        members.Add(Member(group));
        return members;
    }

    private static HeaderMember Member(List<HeaderField> fields)
    {
        int start = fields[0].Offset,
            end = fields.Max(static field => field.End);
        // Later fields are in packed structs, after unnamed padding.
        int alignment = fields.Where(field => field.Offset == start).Max(static field => field.Type.Alignment);
        bool isPacked = fields.Count > 1 && (end - start) % alignment != 0;
        return new(start, end, isPacked ? 1 : alignment, isPacked, fields.ToEquatableArray());
    }
}
