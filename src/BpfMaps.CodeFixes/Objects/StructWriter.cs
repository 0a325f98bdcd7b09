using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>
/// Writes C# structs with the same layout as structs of an object: sequential if C# then computes the same offsets, otherwise explicit.
/// Members without a name become fields of the containing struct, and bitfields become the number that they share.
/// </summary>
/// <param name="names">The names in the containing struct.</param>
/// <param name="isKey">Whether padding is declared as fields: the kernel hashes and compares all bytes of a key.</param>
internal sealed class StructWriter(IReadOnlyDictionary<string, LayoutType> types, MemberNames names, bool isKey)
{
    /// <summary>The size limit of inline arrays in CoreCLR.</summary>
    private const int LargestInlineArray = 1 << 20;

    private readonly Dictionary<string, (string Name, int Size, int Alignment)> _written = new(StringComparer.Ordinal);

    /// <summary>The lines of the types that the fields need.</summary>
    public List<string[]> Types { get; } = [];

    /// <summary>Whether the struct contains something that C# cannot declare.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Gets the fields of a struct and its layout attribute (<see langword="null"/> for none).</summary>
    public (List<FieldText> Fields, string? Attribute) Write(LayoutType type)
    {
        List<FieldText> fields = FieldsOf(type, names);
        return (fields, AttributeFor(type, fields));
    }

    public static string Line(FieldText field, bool hasOffset) =>
        (hasOffset ? $"[global::System.Runtime.InteropServices.FieldOffset({field.Offset.Text()})] " : "")
        + $"{(field.IsPadding ? "private" : "public")} {field.Type} {field.Name};"
        + (field.Comment is null ? "" : " // " + field.Comment);

    private List<FieldText> FieldsOf(LayoutType type, MemberNames scope)
    {
        List<FieldText> fields = [];
        AddFields(fields, type, 0, scope);
        if (!isKey || fields.Count == 0)
            return fields;
        int alignment = fields.Max(static f => f.Alignment);
        List<Gap> gaps = [.. Padding.Between(fields.Select(static f => (f.Offset, f.Offset + f.Size, f.Name)), type.Size)];
        foreach ((int offset, int size) in gaps.SelectMany(gap => PaddingFields.Fill(gap.Offset, gap.Length, alignment)))
            fields.Add(
                new(offset, scope.TakePadding(), PaddingFields.TypeOf(size), size, PaddingFields.AlignmentOf(size), IsPadding: true)
            );
        return [.. fields.OrderBy(static f => f.Offset)];
    }

    private void AddFields(List<FieldText> fields, LayoutType type, int start, MemberNames scope)
    {
        for (int index = 0; index < type.Fields.Count; )
        {
            LayoutField field = type.Fields[index];
            if (field.BitSize != 0)
            {
                int first = index;
                BitfieldRun run = BitfieldRun.Take(
                    type.Fields.Count,
                    type.Size,
                    i => type.Fields[i].PlaceWith(use => SizeOf(use.Element)),
                    ref index
                );
                AddBits(fields, run, start, type.Fields.Skip(first).Take(index - first), scope);
                continue;
            }
            index++;
            if (field.Name.Length == 0 && types.TryGetValue(field.Type.Element, out LayoutType? inner) && field.Type.Count == 0)
            {
                AddFields(fields, inner, start + field.Offset, scope);
                continue;
            }
            string name = scope.Take(field.Name, "Field");
            (string text, int size, int alignment) = TypeOf(field.Type, name);
            fields.Add(new(start + field.Offset, name, text, size, alignment));
        }
    }

    private void AddBits(List<FieldText> fields, BitfieldRun run, int start, IEnumerable<LayoutField> bits, MemberNames scope)
    {
        int size = run.End - run.Offset;
        HasFailed |= size is not (1 or 2 or 4 or 8);
        string comment = string.Join(", ", bits.Select(static b => $"{b.Name} : {b.BitSize.Text()}"));
        fields.Add(
            new(start + run.Offset, scope.Take(run.Path, "Bits"), MemberTypes.Number(BpfTypeKind.Unsigned, size, null), size, size, comment)
        );
    }

    private (string Text, int Size, int Alignment) TypeOf(LayoutTypeUse use, string hint)
    {
        (string element, int size, int alignment) = ElementOf(use.Element, use.CName);
        if (use.Count == 0)
            return (element, size, alignment);
        BpfTypeKind kind = use.Element == "char" ? BpfTypeKind.Char : BpfTypeKind.Unsigned;
        if (use.Element is "char" or "u8" && MemberTypes.Bytes(kind, use.Count) is { } bytes)
            return (bytes, use.Count, 1);

        string key = $"{element}[{use.Count.Text()}]";
        if (_written.TryGetValue(key, out (string, int, int) known))
            return known;
        HasFailed |= size % alignment != 0 || (long)size * use.Count > LargestInlineArray;
        string name = names.Take(hint + "Array");
        Types.Add([
            $"[global::System.Runtime.CompilerServices.InlineArray({use.Count.Text()})]",
            $"public struct {name}",
            "{",
            $"    private {element} _first;",
            "}",
        ]);
        return _written[key] = (name, size * use.Count, alignment);
    }

    private (string Name, int Size, int Alignment) ElementOf(string token, string? cName)
    {
        if (_written.TryGetValue(token, out (string, int, int) known))
            return known;
        if (!types.TryGetValue(token, out LayoutType? type))
        {
            int size = LayoutNumbers.SizeOf(token);
            BpfTypeKind kind = token[0] switch
            {
                's' => BpfTypeKind.Signed,
                'f' => BpfTypeKind.Float,
                _ => BpfTypeKind.Unsigned,
            };
            return (MemberTypes.Number(kind, size, cName), size, size);
        }
        return _written[token] = type.Kind is BpfTypeKind.Enum or BpfTypeKind.SignedEnum ? WriteEnum(type) : WriteStruct(type);
    }

    private (string Name, int Size, int Alignment) WriteEnum(LayoutType type)
    {
        string name = names.Take(LastName(type), "Enum");
        MemberNames members = new([]);
        bool isUnsignedLong = type is { Kind: BpfTypeKind.Enum, Size: 8 };
        List<string> lines = [$"public enum {name} : {MemberTypes.Number(type.Kind, type.Size, null)}", "{"];
        foreach (LayoutConstant constant in type.Constants)
            lines.Add(
                $"    {members.Take(constant.Name.ToLowerInvariant())} = {(isUnsignedLong ? ((ulong)constant.Value).Text() : constant.Value.Text())},"
            );
        lines.Add("}");
        Types.Add([.. lines]);
        return (name, type.Size, type.Size);
    }

    private (string Name, int Size, int Alignment) WriteStruct(LayoutType type)
    {
        string name = names.Take(LastName(type), type.Kind == BpfTypeKind.Union ? "Union" : "Struct");
        List<FieldText> fields = FieldsOf(type, new MemberNames([name]));
        HasFailed |= fields.Count == 0;
        string? attribute = AttributeFor(type, fields);
        List<string> lines = attribute is null ? [] : [attribute];
        lines.AddRange([$"public struct {name}", "{"]);
        lines.AddRange(fields.Select(f => "    " + Line(f, attribute is not null)));
        lines.Add("}");
        Types.Add([.. lines]);
        int alignment = fields.Select(static f => f.Alignment).DefaultIfEmpty(1).Max();
        return (name, type.Size, type.Size % alignment == 0 ? alignment : 1);
    }

    /// <summary>Gets the layout attribute; <see langword="null"/> if sequential layout gives the right offsets.</summary>
    private static string? AttributeFor(LayoutType type, List<FieldText> fields)
    {
        int end = 0,
            alignment = 1;
        bool isNatural = true;
        foreach (FieldText field in fields)
        {
            isNatural &= RoundUp(end, field.Alignment) == field.Offset;
            end = Math.Max(end, field.Offset + field.Size);
            alignment = Math.Max(alignment, field.Alignment);
        }
        if (isNatural && RoundUp(end, alignment) == type.Size)
            return null;
        string pack = type.Size % alignment == 0 ? "" : "Pack = 1, ";
        return $"[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Explicit, {pack}Size = {type.Size.Text()})]";
    }

    private int SizeOf(string element) => types.TryGetValue(element, out LayoutType? type) ? type.Size : LayoutNumbers.SizeOf(element);

    // Anonymous types are named by their place: the containing type and the field.
    private static string LastName(LayoutType type) => type.Name.Substring(type.Name.LastIndexOfAny(['.', '@']) + 1);

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
