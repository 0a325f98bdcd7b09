using System.Globalization;

namespace BpfMaps.Generators.Model;

/// <summary>Describes layouts, for messages.</summary>
internal static class LayoutDescription
{
    /// <summary>A limit that keeps messages readable.</summary>
    private const int MostFields = 16;

    /// <summary>Lists fields and gaps with their offsets, in order: <c>Packets at 0 (8 bytes), 4 bytes of padding at 8</c>.</summary>
    public static string Fields(TypeLayout layout)
    {
        if (!layout.IsComposite)
            return "it has no fields";
        IEnumerable<(int Offset, string Text)> fields = layout.Fields.Select(static f =>
            (f.Offset, Format("{0} at {1} ({2})", f.Name, f.Offset, Bytes(f.Size)))
        );
        IEnumerable<(int Offset, string Text)> gaps = Padding
            .Own(layout)
            .Select(static g => (g.Offset, Format("{0} of padding at {1}", Bytes(g.Length), g.Offset)));
        string[] all = [.. fields.Concat(gaps).OrderBy(static p => p.Offset).Select(static p => p.Text)];
        string text = string.Join(", ", all.Take(MostFields));
        return all.Length <= MostFields ? text : Format("{0}, and {1} more", text, all.Length - MostFields);
    }

    public static string Bytes(int count) => count == 1 ? "1 byte" : Format("{0} bytes", count);

    private static string Format(string format, params object[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, format, arguments);
}
