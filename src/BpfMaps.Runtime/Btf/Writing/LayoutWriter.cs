using System.Globalization;
using System.Text;

namespace BpfMaps.Metadata;

/// <summary>Writes the <c>.layout</c> file of a BPF object, which the compiler compares declarations with.</summary>
/// <remarks>
/// Each map, program, type and field is one line. The lines are sorted and do not depend on the machine or the path, so the same object
/// gives the same text. docs/layout-format.md defines the format.
/// </remarks>
internal static class LayoutWriter
{
    /// <summary>The version in the first line.</summary>
    public const int Version = 1;

    private const string CutConstants =
        "its constants have 64 bits, and the compiler wrote 32 of each: larger values are wrong here; clang 15 and newer write all bits";

    /// <summary>Describes an object.</summary>
    /// <param name="file">The object.</param>
    /// <returns>The whole text; its lines end with LF.</returns>
    public static string Write(BpfObjectFile file) => Write(file, []);

    /// <summary>Describes an object.</summary>
    /// <param name="file">The object.</param>
    /// <param name="types">
    /// Names of types that are listed in any case, such as types of the kernel: <c>event</c>, <c>task_struct</c>.
    /// </param>
    /// <returns>The whole text; its lines end with LF.</returns>
    public static string Write(BpfObjectFile file, IReadOnlyCollection<string> types)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(types);
        LayoutLines lines = new();
        lines.Add("bpf-layout", Number(Version));
        lines.Add("object", "byte-order=" + (file.IsBigEndian ? "big" : "little"), Optional("license", file.License));

        foreach (string refusal in file.Refusals)
            lines.Add("refused", LayoutText.EncodeSentence(refusal));

        LayoutTypeTable table = new();
        foreach (
            BpfMapDefinition map in file.Maps.Where(static map => !map.IsVariables).OrderBy(static map => map.Name, StringComparer.Ordinal)
        )
        {
            WriteMap(lines, table, "map " + LayoutText.Encode(map.Name), map);
            if (map.InnerMap is { } inner)
                WriteMap(lines, table, "  inner", inner);
        }
        foreach (
            BpfMapDefinition section in file
                .Maps.Where(static map => map.IsVariables)
                .OrderBy(static map => map.Name, StringComparer.Ordinal)
        )
            WriteSection(lines, table, section);
        foreach (BpfProgramDefinition program in file.Programs.OrderBy(static program => program.Name, StringComparer.Ordinal))
            lines.Add("program", LayoutText.Encode(program.Name), "section=" + LayoutText.Encode(program.Section));
        lines.Add(ListedTypes.AddTo(table, file, types) is > 0 and var left ? "unlisted " + Number(left) : "");
        foreach ((string token, BpfTypeLayout type) in table.Sorted())
            WriteType(lines, table, token, type);
        return lines.ToString();
    }

    /// <summary>Describes one map without its object, such as a loaded map.</summary>
    /// <param name="map">The map.</param>
    /// <returns>The whole text, as of an object with this map only.</returns>
    public static string Write(BpfMapDefinition map)
    {
        LayoutLines lines = new();
        lines.Add("bpf-layout", Number(Version));
        lines.Add("object", "byte-order=" + (BitConverter.IsLittleEndian ? "little" : "big"));
        LayoutTypeTable table = new();
        WriteMap(lines, table, "map " + LayoutText.Encode(map.Name), map);
        foreach ((string token, BpfTypeLayout type) in table.Sorted())
            WriteType(lines, table, token, type);
        return lines.ToString();
    }

    private static void WriteMap(LayoutLines lines, LayoutTypeTable types, string head, BpfMapDefinition map)
    {
        lines.Add(
            head,
            "type=" + LayoutText.MapType(map.Type),
            map.Key is null ? "" : "key=" + types.Token(map.Key, $"{map.Name}@key"),
            AsElement("key-as=", map.Key),
            "key-size=" + Number(map.KeySize),
            map.Value is null ? "" : "value=" + types.Token(map.Value, $"{map.Name}@value"),
            AsElement("value-as=", map.Value),
            "value-size=" + Number(map.ValueSize),
            "max-entries=" + Number(map.MaxEntries),
            Optional("flags", (ulong)map.Flags, hexadecimal: true),
            Optional("pinning", (ulong)map.Pinning),
            Optional("map-extra", map.MapExtra, hexadecimal: true),
            map.NumaNode is { } node ? "numa-node=" + Number(node) : ""
        );
        string indent = head.StartsWith(' ') ? "    " : "  ";
        if (map.KeyProblem is { } keyProblem)
            lines.Add(indent + "problem", "key", LayoutText.EncodeSentence(keyProblem));
        if (map.ValueProblem is { } valueProblem)
            lines.Add(indent + "problem", "value", LayoutText.EncodeSentence(valueProblem));
        foreach (string refusal in map.Refusals)
            lines.Add(indent + "refused", LayoutText.EncodeSentence(refusal));
    }

    private static void WriteSection(LayoutLines lines, LayoutTypeTable types, BpfMapDefinition section)
    {
        lines.Add(
            "section",
            LayoutText.Encode(section.Name),
            "size=" + Number(section.ValueSize),
            Optional("flags", (ulong)section.Flags, hexadecimal: true)
        );
        foreach (
            BpfVariableDefinition variable in section.Variables.Where(static variable => variable.Field is not null || variable.Size != 0)
        )
        {
            string type = variable.Field is { } field
                ? types.Token(field, $"{section.Name}@{variable.Name}")
                : $"opaque[{Number(variable.Size)}]";
            lines.Add(
                "  var",
                Number(variable.Offset),
                type,
                LayoutText.EncodeName(variable.Name),
                As("as=", variable.Field?.Type),
                variable.IsStatic ? "static=1" : ""
            );
        }
    }

    private static void WriteType(LayoutLines lines, LayoutTypeTable types, string token, BpfTypeLayout type)
    {
        if (type.IsScalar)
        {
            lines.Add("type", token, "base=" + (type.Kind == BpfTypeKind.SignedEnum ? "s" : "u") + Number(type.Size * 8));
            if (type.HasCutConstants)
                lines.Add("  remark", CutConstants);
            foreach (BpfEnumMember member in type.EnumMembers)
                lines.Add("  value", LayoutText.EncodeName(member.Name), EnumValue(type, member));
            return;
        }
        lines.Add("type", token, "size=" + Number(type.Size), "align=" + Number(type.Alignment));
        for (int index = 0; index < type.Fields.Count; index++)
        {
            BpfFieldLayout field = type.Fields[index];
            lines.Add(
                "  field",
                Number(field.Offset),
                types.Token(field, types.NameWithin(type, index)),
                LayoutText.EncodeName(field.Name),
                field.BitSize == 0 ? "" : $"bits={Number(field.BitOffset)}:{Number(field.BitSize)}",
                As("as=", field.Type)
            );
        }
    }

    /// <summary>Returns the C name of a number if it adds to its size and signedness.</summary>
    private static string As(string attribute, BpfTypeLayout? type) =>
        type is { IsScalar: true, Kind: not (BpfTypeKind.Enum or BpfTypeKind.SignedEnum) } && !LayoutText.IsPlainNumber(type.Name)
            ? attribute + LayoutText.Encode(type.Name)
            : "";

    /// <summary>The same for a key or a value, which may be an array.</summary>
    private static string AsElement(string attribute, BpfTypeLayout? type) =>
        As(attribute, type is { Kind: BpfTypeKind.Struct, Name: "", Fields: [{ Name: "", Count: > 0 } only] } ? only.Type : type);

    private static string EnumValue(BpfTypeLayout type, BpfEnumMember member) =>
        type.Kind == BpfTypeKind.SignedEnum ? member.Value.ToString(CultureInfo.InvariantCulture) : Number((ulong)member.Value);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Optional(string name, string? text) => text is null ? "" : $"{name}={LayoutText.Encode(text)}";

    private static string Optional(string name, ulong value, bool hexadecimal = false) =>
        value == 0 ? ""
        : hexadecimal ? $"{name}=0x{value.ToString("x", CultureInfo.InvariantCulture)}"
        : $"{name}={Number(value)}";

    /// <summary>Lines of words.</summary>
    private sealed class LayoutLines
    {
        private readonly StringBuilder _text = new();

        /// <summary>Adds a line; empty words are left out.</summary>
        public void Add(string first, params ReadOnlySpan<string> words)
        {
            if (first.Length == 0)
                return;
            _text.Append(first);
            foreach (string word in words)
            {
                if (word.Length != 0)
                    _text.Append(' ').Append(word);
            }
            _text.Append('\n');
        }

        public override string ToString() => _text.ToString();
    }
}
