using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Top;

/// <summary>Rows of a table as lines that fit a width.</summary>
internal static class ScreenTable
{
    private const string Gap = "  ";

    /// <summary>Aligns cells.</summary>
    /// <param name="rows">The headings, and the rows.</param>
    /// <param name="isNumber">Whether the cells of a column are aligned to the right.</param>
    /// <param name="width">The longest line; what is longer ends with an ellipsis.</param>
    public static string[] Align(IReadOnlyList<string[]> rows, Func<int, bool> isNumber, int width)
    {
        int[] widths = new int[rows[0].Length];
        string[][] escaped = [.. rows.Select(static row => Array.ConvertAll(row, OutsideText.Escape))];
        foreach (string[] row in escaped)
        {
            for (int column = 0; column < widths.Length; column++)
                widths[column] = Math.Max(widths[column], row[column].Length);
        }
        return
        [
            .. escaped.Select(row =>
                Fit(string.Join(Gap, row.Select((cell, c) => isNumber(c) ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))), width)
            ),
        ];
    }

    /// <summary>Shortens a line to a width.</summary>
    public static string Fit(string line, int width) =>
        line.TrimEnd() is var text && text.Length > width ? text[..Math.Max(0, width - 1)] + "…" : line.TrimEnd();
}
