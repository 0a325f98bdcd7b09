namespace BpfMaps.Tool.Printing;

/// <summary>Draws a layout: a line a field with its offset and size, and a line for every run of bytes that belongs to none.</summary>
internal static class LayoutDrawing
{
    public static void Draw(string what, BpfTypeLayout? layout, string? problem, TextWriter output)
    {
        if (layout is null)
        {
            if (problem is not null)
                output.WriteLine($"  {what}: {problem}");
            return;
        }

        output.WriteLine($"  {what} {layout.Name} ({layout.Size} bytes)");
        DrawFields(layout, at: 0, depth: 2, output);
    }

    private static void DrawFields(BpfTypeLayout layout, int at, int depth, TextWriter output)
    {
        string indent = new(' ', 2 * depth);
        int end = 0;
        foreach (BpfFieldLayout field in layout.Fields)
        {
            if (layout.Kind == BpfTypeKind.Struct && field.Offset > end)
                DrawPadding(indent, at + end, field.Offset - end, output);
            string count = field.Count > 0 ? $"[{field.Count}]" : "";
            string bits = field.BitSize > 0 ? $" : {field.BitSize} bits from {field.BitOffset}" : "";
            output.WriteLine($"{indent}@{at + field.Offset,-5} {field.Size,5}  {field.Name} {field.Type.Name}{count}{bits}");
            DrawFields(field.Type, at + field.Offset, depth + 1, output);
            end = Math.Max(end, field.Offset + field.Size);
        }

        if (layout.Fields.Count != 0 && end < layout.Size)
            DrawPadding(indent, at + end, layout.Size - end, output);
    }

    private static void DrawPadding(string indent, int offset, int length, TextWriter output) =>
        output.WriteLine($"{indent}@{offset,-5} {length,5}  (padding)");
}
