using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Printing;

/// <summary>Draws a layout: one line for each field with its offset and size, and one for each gap.</summary>
internal sealed class LayoutDrawing
{
    // Types that use others several times can have millions of fields.
    private const int MostLines = 1000;

    private readonly TextWriter _output;
    private readonly HashSet<BpfTypeLayout> _drawn = new(ReferenceEqualityComparer.Instance);
    private readonly bool _isLarge;

    private LayoutDrawing(BpfTypeLayout layout, TextWriter output)
    {
        _output = output;
        _isLarge = IsLarge(layout);
    }

    /// <summary>Gets whether a type has too many fields to show each of them everywhere.</summary>
    public static bool IsLarge(BpfTypeLayout layout) => LinesOf(layout, new(ReferenceEqualityComparer.Instance)) > MostLines;

    public static void Draw(string what, BpfTypeLayout? layout, string? problem, TextWriter output)
    {
        if (layout is null)
        {
            if (problem is not null)
                output.WriteEscapedLine($"  {what}: {problem}");
            return;
        }

        output.WriteEscapedLine($"  {what} {OutsideText.Shorten(layout.Name)} ({layout.Size} bytes)");
        new LayoutDrawing(layout, output).DrawFields(layout, at: 0, depth: 2);
    }

    private void DrawFields(BpfTypeLayout layout, int at, int depth)
    {
        string indent = new(' ', 2 * depth);
        if (_isLarge && layout.Fields.Count > 0 && !_drawn.Add(layout))
        {
            _output.WriteLine($"{indent}(fields as above)");
            return;
        }
        int end = 0;
        foreach (BpfFieldLayout field in layout.Fields)
        {
            if (layout.Kind == BpfTypeKind.Struct && field.Offset > end)
                DrawPadding(indent, at + end, field.Offset - end);
            string count = field.Count > 0 ? $"[{field.Count}]" : "";
            string bits = field.BitSize > 0 ? $" : {field.BitSize} bits from {field.BitOffset}" : "";
            _output.WriteEscapedLine(
                $"{indent}@{at + field.Offset, -5} {field.Size, 5}  {OutsideText.Shorten(field.Name)} {OutsideText.Shorten(field.Type.Name)}{count}{bits}"
            );
            DrawFields(field.Type, at + field.Offset, depth + 1);
            end = Math.Max(end, field.Offset + field.Size);
        }

        if (layout.Fields.Count != 0 && end < layout.Size)
            DrawPadding(indent, at + end, layout.Size - end);
    }

    private static long LinesOf(BpfTypeLayout layout, Dictionary<BpfTypeLayout, long> known)
    {
        if (known.TryGetValue(layout, out long lines))
            return lines;
        foreach (BpfFieldLayout field in layout.Fields)
            lines = Math.Min(int.MaxValue, lines + 1 + LinesOf(field.Type, known));
        known.Add(layout, lines);
        return lines;
    }

    private void DrawPadding(string indent, int offset, int length) => _output.WriteLine($"{indent}@{offset, -5} {length, 5}  (padding)");
}
