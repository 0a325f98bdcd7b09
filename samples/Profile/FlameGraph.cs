using System.Globalization;
using System.Security;

namespace Profile;

/// <summary>
/// Draws a flame graph as an SVG file: each function above its caller, as wide as its share of the samples. A tooltip has the whole name.
/// </summary>
internal static class FlameGraph
{
    private const int Width = 1200;
    private const int RowHeight = 17;
    private const int CharacterWidth = 7;
    private const int TitleHeight = 30;
    private const double NarrowestFrame = 0.8;

    public static void Write(TextWriter output, Frame all, string title)
    {
        int height = TitleHeight + all.Depth * RowHeight;
        output.WriteLine(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="monospace" font-size="11">
            <rect width="{Width}" height="{height}" fill="#fdfaf3"/>
            <text x="{Width / 2}" y="20" font-size="14" text-anchor="middle">{SecurityElement.Escape(title)}</text>
            """
        );
        if (all.Samples > 0)
            Draw(output, all, 0, height - RowHeight, Width / (double)all.Samples, all.Samples);
        output.WriteLine("</svg>");
    }

    private static void Draw(TextWriter output, Frame frame, double left, int top, double sampleWidth, ulong total)
    {
        double width = frame.Samples * sampleWidth;
        if (width < NarrowestFrame)
            return;
        int characters = (int)(width / CharacterWidth);
        string label =
            characters < 3 ? ""
            : frame.Name.Length <= characters ? frame.Name
            : $"{frame.Name.AsSpan(0, characters - 2)}..";
        string share = (frame.Samples / (double)total).ToString("P1", CultureInfo.InvariantCulture);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                <g><title>{SecurityElement.Escape(frame.Name)}: {frame.Samples} samples, {share}</title><rect x="{left:F1}" y="{top}" width="{width:F1}" height="{RowHeight
                    - 1}" rx="2" fill="{Color(frame.Name)}"/><text x="{left + 3:F1}" y="{top + 12}">{SecurityElement.Escape(label)}</text></g>
                """
            )
        );
        foreach (Frame called in frame.Called)
        {
            Draw(output, called, left, top - RowHeight, sampleWidth, total);
            left += called.Samples * sampleWidth;
        }
    }

    /// <summary>Functions of the kernel are orange, methods of .NET green, others yellow to red. A name has one shade.</summary>
    private static string Color(string name)
    {
        int shade = 0;
        foreach (char c in name)
            shade = (shade * 31 + c) & 0xffff;
        int variation = shade % 50;
        return name.EndsWith("_[k]", StringComparison.Ordinal) ? $"rgb(235,{140 + variation},60)"
            : name.Contains("::", StringComparison.Ordinal) ? $"rgb({90 + variation},{190 + variation / 2},{100 + variation})"
            : $"rgb({225 + variation / 3},{150 + variation * 2},{80 + variation})";
    }
}
