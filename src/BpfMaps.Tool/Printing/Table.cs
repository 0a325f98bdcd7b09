using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Printing;

/// <summary>A table whose columns are as wide as their widest cell. Numbers are aligned to the right.</summary>
internal sealed class Table(params string[] headers)
{
    private readonly List<string[]> _rows = [];
    private int[]? _widths;
    private bool[]? _isNumber;

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(OutsideText.Escape)]);

    /// <summary>Writes the header and all rows.</summary>
    public void Write(TextWriter output)
    {
        Measure();
        WriteRow(headers, output);
        _rows.ForEach(row => WriteRow(row, output));
    }

    /// <summary>Writes the rows that were added since the last call, with the widths of those of the first call.</summary>
    public void Flush(TextWriter output)
    {
        if (_rows.Count == 0)
            return;
        if (_widths is null)
            Write(output);
        else
            _rows.ForEach(row => WriteRow(row, output));
        _rows.Clear();
    }

    private void Measure()
    {
        _widths = [.. headers.Select((header, column) => _rows.Select(row => row[column].Length).Append(header.Length).Max())];
        _isNumber =
        [
            .. headers.Select((_, column) => _rows.Count != 0 && _rows.TrueForAll(row => row[column].Length == 0 || IsNumber(row[column]))),
        ];
    }

    /// <summary>Gets whether a cell is a number, perhaps with a unit, and not an address.</summary>
    private static bool IsNumber(string cell) =>
        char.IsAsciiDigit(cell[cell[0] == '-' && cell.Length > 1 ? 1 : 0])
        && cell.Count(static c => c == '.') < 2
        && !cell.Contains(':', StringComparison.Ordinal);

    private void WriteRow(string[] row, TextWriter output) =>
        output.WriteLine(
            string.Join(
                    "  ",
                    row.Select((cell, column) => _isNumber![column] ? cell.PadLeft(_widths![column]) : cell.PadRight(_widths![column]))
                )
                .TrimEnd()
        );
}
