using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Emission;

/// <summary>
/// Writes a struct or union of a header. Padding that C does not add by itself is written as unnamed bitfields, which BTF does not
/// contain: named padding would be a field that the C# struct does not have.
/// </summary>
internal static class HeaderStructEmitter
{
    private const int LargestNumber = 8;

    /// <summary>The number of unnamed bitfields in a line.</summary>
    private const int PaddingPerLine = 8;

    public static void Emit(CWriter writer, HeaderType type)
    {
        HeaderPlacement placement = HeaderPlacement.Of(type.Kind, type.Size, type.Alignment, type.Fields);
        writer.WriteLine(NameOf(type) + " {");
        writer.Indent();
        if (type.Kind == BpfTypeKind.Union)
            Union(writer, type);
        else
            Struct(writer, type, placement);
        writer.Unindent();
        string attribute =
            !placement.IsPacked ? ""
            : placement.Alignment > 1 ? $" __attribute__((packed, aligned({placement.Alignment.Text()})))"
            : " __attribute__((packed))";
        writer.WriteLine($"}}{attribute};");
    }

    /// <summary>Writes what guards the layout against a compiler that places fields differently.</summary>
    public static void EmitAsserts(CWriter writer, HeaderType type)
    {
        string name = NameOf(type);
        writer.WriteLine($"_Static_assert(sizeof({name}) == {type.Size.Text()}, \"size of {name}\");");
        foreach (HeaderField field in type.Fields)
            writer.WriteLine(
                $"_Static_assert(__builtin_offsetof({name}, {field.Name}) == {field.Offset.Text()}, \"offset of {name}.{field.Name}\");"
            );
    }

    private static string NameOf(HeaderType type) =>
        type.Kind switch
        {
            BpfTypeKind.Union => "union ",
            BpfTypeKind.Struct => "struct ",
            _ => "enum ",
        } + type.Name;

    private static void Union(CWriter writer, HeaderType type)
    {
        foreach (HeaderField field in type.Fields)
            Field(writer, field);
        // A union is one field in comparisons, so the padding of this one may have a name.
        if (type.Fields.Max(static field => field.End) < type.Size)
            writer.WriteLine($"__u8 _size[{type.Size.Text()}];");
    }

    private static void Struct(CWriter writer, HeaderType type, HeaderPlacement placement)
    {
        int end = 0;
        foreach (HeaderMember member in placement.Members)
        {
            int alignment = placement.IsPacked ? 1 : member.Alignment;
            if (RoundUp(end, alignment) != member.Offset)
                Padding(writer, end, member.Offset, placement.IsPacked);
            Member(writer, member);
            end = member.End;
        }
        if (RoundUp(end, placement.IsPacked ? 1 : placement.Alignment) != type.Size)
            Padding(writer, end, type.Size, placement.IsPacked);
    }

    private static void Member(CWriter writer, HeaderMember member)
    {
        if (member.Fields.Count == 1)
        {
            Field(writer, member.Fields[0]);
            return;
        }
        writer.WriteLine("union {");
        writer.Indent();
        foreach (HeaderField field in member.Fields)
        {
            if (field.Offset == member.Offset)
            {
                Field(writer, field);
                continue;
            }
            writer.WriteLine("struct {");
            writer.Indent();
            Padding(writer, member.Offset, field.Offset, isPacked: true);
            Field(writer, field);
            writer.Unindent();
            writer.WriteLine("} __attribute__((packed));");
        }
        writer.Unindent();
        writer.WriteLine(member.IsPacked ? "} __attribute__((packed));" : "};");
    }

    private static void Field(CWriter writer, HeaderField field)
    {
        if (field.Summary.Length > 0)
            writer.Comment(field.Summary);
        writer.WriteLine($"{field.Type.Text} {field.Name}{(field.Count > 0 ? $"[{field.Count.Text()}]" : "")};");
    }

    private static void Padding(CWriter writer, int start, int end, bool isPacked)
    {
        List<string> parts = [];
        while (start < end)
        {
            int size = LargestNumber;
            while (size > end - start || (!isPacked && start % size != 0))
                size /= 2;
            string bits = (size * 8).Text();
            parts.Add($"__u{bits} : {bits};");
            start += size;
        }
        for (int index = 0; index < parts.Count; index += PaddingPerLine)
            writer.WriteLine(string.Join(" ", parts.Skip(index).Take(PaddingPerLine)));
    }

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
