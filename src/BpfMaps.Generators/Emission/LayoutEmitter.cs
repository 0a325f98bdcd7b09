using System.Globalization;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes layouts as the runtime's <c>BpfTypeLayout</c>.</summary>
internal static class LayoutEmitter
{
    private const string Type = "global::BpfMaps.BpfTypeLayout";

    /// <summary>Writes an expression, one field a line; <paramref name="before"/> and <paramref name="after"/> stand on its first and last line.</summary>
    public static void Emit(SourceWriter writer, string before, TypeLayout layout, string after)
    {
        if (!layout.IsComposite)
        {
            writer.WriteLine(before + Scalar(layout) + after);
            return;
        }
        string fields = layout.Fields.Count == 0 ? ")" + after : ",";
        writer.WriteLine($"{before}{Type}.{layout.Kind}({Literal(layout.Name)}, {Text(layout.Size)}, {Text(layout.Alignment)}{fields}");
        writer.Indent();
        for (int i = 0; i < layout.Fields.Count; i++)
        {
            FieldLayout field = layout.Fields[i];
            string make = field.BitSize > 0 ? "global::BpfMaps.BpfFieldLayout.Bitfield" : "new global::BpfMaps.BpfFieldLayout";
            string count = field.BitSize > 0 ? $", {Text(field.BitOffset)}, {Text(field.BitSize)}" : field.Count > 0 ? ", " + Text(field.Count) : "";
            string end = i == layout.Fields.Count - 1 ? ")" + after : ",";
            Emit(writer, $"{make}({Literal(field.Name)}, {Text(field.Offset)}, ", field.Type, count + ")" + end);
        }
        writer.Unindent();
    }

    private static string Scalar(TypeLayout layout) => layout.Known is { } known
        ? $"{Type}.{known}"
        : $"{Type}.Scalar({Literal(layout.Name)}, global::BpfMaps.BpfTypeKind.{layout.Kind}, {Text(layout.Size)})";

    private static string Literal(string name) => DocText.Literal(name);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
