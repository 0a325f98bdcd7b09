using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Printing;

/// <summary>A table whose columns are as wide as their widest cell. Numbers are aligned to the right.</summary>
internal sealed class Table(params string[] headers)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(OutsideText.Escape)]);

    public void Write(TextWriter output)
    {
        int[] widths = [.. headers.Select((header, column) => _rows.Select(row => row[column].Length).Append(header.Length).Max())];
        bool[] isNumber =
        [
            .. headers.Select(
                (_, column) => _rows.Count != 0 && _rows.TrueForAll(row => row[column].Length == 0 || char.IsAsciiDigit(row[column][0]))
            ),
        ];
        foreach (string[] row in _rows.Prepend(headers))
        {
            IEnumerable<string> cells = row.Select(
                (cell, column) => isNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])
            );
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
