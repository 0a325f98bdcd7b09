extern alias generator;

using System.Globalization;
using System.Text;
using BpfMaps.Generators.Layouts;
using BpfTypeKind = generator::BpfMaps.Metadata.BpfTypeKind;

namespace BpfMaps.Generators.Tests.Layouts;

/// <summary>Writes a parsed layout file as text, so that tests find lost information. Does not support words that need encoding.</summary>
internal static class LayoutFileText
{
    public static string Of(LayoutFile file)
    {
        StringBuilder text = new("bpf-layout 1\n");
        Line(
            text,
            "object",
            "byte-order=" + (file.IsBigEndian ? "big" : "little"),
            file.License is null ? "" : "license=" + file.License.Replace(" ", "%20", StringComparison.Ordinal)
        );
        foreach (string refusal in file.Refusals)
            Line(text, "refused", refusal);
        foreach (LayoutMap map in file.Maps)
        {
            Map(text, "map " + map.Name, map, "  ");
            if (map.Inner is { } inner)
                Map(text, "  inner", inner, "    ");
        }
        foreach (LayoutSection section in file.Sections)
        {
            Line(text, "section", section.Name, $"size={section.Size}", Hexadecimal("flags", (uint)section.Flags));
            foreach (LayoutVariable variable in section.Variables)
                Line(
                    text,
                    "  var",
                    Text(variable.Offset),
                    Use(variable.Type),
                    Name(variable.Name),
                    As(variable.CName),
                    variable.IsStatic ? "static=1" : ""
                );
        }
        foreach (LayoutProgram program in file.Programs)
            Line(text, "program", program.Name, "section=" + program.Section);
        if (file.Unlisted != 0)
            Line(text, "unlisted", Text(file.Unlisted));
        foreach (LayoutType type in file.Types)
            Type(text, type);
        return text.ToString();
    }

    private static void Map(StringBuilder text, string head, LayoutMap map, string indent)
    {
        Line(
            text,
            head,
            $"type={map.Type}",
            map.Key is { } key ? "key=" + Use(key) : "",
            map.Key?.CName is { } keyName ? "key-as=" + keyName : "",
            $"key-size={map.KeySize}",
            map.Value is { } value ? "value=" + Use(value) : "",
            map.Value?.CName is { } valueName ? "value-as=" + valueName : "",
            $"value-size={map.ValueSize}",
            $"max-entries={map.MaxEntries}",
            Hexadecimal("flags", (uint)map.Flags),
            map.Pinning == 0 ? "" : $"pinning={map.Pinning}",
            Hexadecimal("map-extra", map.MapExtra),
            map.NumaNode is { } node ? $"numa-node={node}" : ""
        );
        if (map.KeyProblem is { } keyProblem)
            Line(text, indent + "problem", "key", keyProblem);
        if (map.ValueProblem is { } valueProblem)
            Line(text, indent + "problem", "value", valueProblem);
        foreach (string refusal in map.Refusals)
            Line(text, indent + "refused", refusal);
    }

    private static void Type(StringBuilder text, LayoutType type)
    {
        if (type.Kind is BpfTypeKind.Enum or BpfTypeKind.SignedEnum)
        {
            Line(text, "type", type.Token, $"base={(type.Kind == BpfTypeKind.Enum ? "u" : "s")}{type.Size * 8}");
            if (type.Remark is not null)
                Line(text, "  remark", type.Remark);
            foreach (LayoutConstant constant in type.Constants)
                Line(text, "  value", Name(constant.Name), constant.Value.ToString(CultureInfo.InvariantCulture));
            return;
        }
        Line(text, "type", type.Token, $"size={type.Size}", $"align={type.Alignment}");
        foreach (LayoutField field in type.Fields)
            Line(
                text,
                "  field",
                Text(field.Offset),
                Use(field.Type),
                Name(field.Name),
                field.BitSize == 0 ? "" : $"bits={field.BitOffset}:{field.BitSize}",
                As(field.CName)
            );
    }

    private static void Line(StringBuilder text, params string[] words) =>
        text.AppendJoin(' ', words.Where(word => word.Length != 0)).Append('\n');

    private static string Use(LayoutTypeUse use) => use.Count == 0 ? use.Element : $"{use.Element}[{use.Count}]";

    private static string Name(string name) => name.Length == 0 ? "-" : name;

    private static string As(string? name) => name is null ? "" : "as=" + name;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hexadecimal(string name, ulong value) => value == 0 ? "" : $"{name}=0x{value:x}";
}
