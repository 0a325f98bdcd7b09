using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes layouts as the runtime's <c>BpfTypeLayout</c>.</summary>
/// <param name="shared">The names of layouts that are written elsewhere.</param>
internal sealed class LayoutEmitter(SourceWriter writer, IReadOnlyDictionary<TypeLayout, string> shared)
{
    private const string Type = "global::BpfMaps.Metadata.BpfTypeLayout";

    /// <summary>
    /// Writes an expression with one line per field, after <paramref name="before"/> and followed by <paramref name="after"/>.
    /// </summary>
    public void Emit(string before, TypeLayout layout, string after)
    {
        if (shared.TryGetValue(layout, out string? name))
            writer.WriteLine(before + name + after);
        else
            EmitWhole(before, layout, after);
    }

    /// <summary>Writes the complete expression, even if the layout has a name.</summary>
    public void EmitWhole(string before, TypeLayout layout, string after)
    {
        if (!layout.IsComposite)
        {
            writer.WriteLine(before + Scalar(layout) + after);
            return;
        }
        string fields = layout.Fields.Count == 0 ? ")" + after : ",";
        writer.WriteLine($"{before}{Type}.{layout.Kind}({Literal(layout.Name)}, {layout.Size.Text()}, {layout.Alignment.Text()}{fields}");
        writer.Indent();
        for (int i = 0; i < layout.Fields.Count; i++)
        {
            FieldLayout field = layout.Fields[i];
            string make =
                field.BitSize > 0 ? "global::BpfMaps.Metadata.BpfFieldLayout.Bitfield" : "new global::BpfMaps.Metadata.BpfFieldLayout";
            string count =
                field.BitSize > 0 ? $", {field.BitOffset.Text()}, {field.BitSize.Text()}"
                : field.Count > 0 ? ", " + field.Count.Text()
                : "";
            string end = i == layout.Fields.Count - 1 ? ")" + after : ",";
            Emit($"{make}({Literal(field.Name)}, {field.Offset.Text()}, ", field.Type, count + ")" + end);
        }
        writer.Unindent();
    }

    private static string Scalar(TypeLayout layout) =>
        layout.Known is { } known
            ? $"{Type}.{known}"
            : $"{Type}.Scalar({Literal(layout.Name)}, global::BpfMaps.Metadata.BpfTypeKind.{layout.Kind}, {layout.Size.Text()})";

    private static string Literal(string name) => DocText.Literal(name);
}
