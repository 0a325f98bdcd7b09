using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Dumps;

/// <summary>Writes entries in a format as they come.</summary>
internal static class DumpWriter
{
    // The widths of a table are those of its first rows; later cells that are wider shift the rest of their row.
    private const int RowsForWidths = 1000;

    public static void Write(DumpFormat format, IEnumerable<Entry> entries, EntryType type, EntryPrinter printer)
    {
        using Stream stream = Console.OpenStandardOutput();
        if (format == DumpFormat.Json)
        {
            using JsonOutput json = new(stream);
            json.BeginArray();
            foreach (Entry entry in entries)
                printer.Write(entry, json);
            json.EndArray();
            return;
        }

        // Console.Out flushes after each call: a system call for each number and each bracket.
        using StreamWriter output = new(stream, bufferSize: 64 * 1024);
        switch (format)
        {
            case DumpFormat.Table:
                WriteTable(entries, new EntryCells(type, printer), output);
                break;
            case DumpFormat.Csv:
                WriteCsv(entries, new EntryCells(type, printer), output);
                break;
            default:
                WriteLines(entries, printer, output);
                break;
        }
    }

    private static void WriteLines(IEnumerable<Entry> entries, EntryPrinter printer, StreamWriter output)
    {
        long count = 0;
        foreach (Entry entry in entries)
        {
            count++;
            printer.WriteLine(entry, output);
        }
        output.WriteLine($"{count} element{(count == 1 ? "" : "s")}");
    }

    private static void WriteTable(IEnumerable<Entry> entries, EntryCells cells, StreamWriter output)
    {
        Table table = new([.. cells.Headers.Select(static header => header.ToUpperInvariant())]);
        int rows = 0;
        foreach (string[] row in entries.SelectMany(entry => cells.RowsOf(entry, isQuoted: true)))
        {
            table.Add(row);
            if (++rows % RowsForWidths == 0)
                table.Flush(output);
        }
        table.Flush(output);
        if (rows == 0)
            table.Write(output);
    }

    private static void WriteCsv(IEnumerable<Entry> entries, EntryCells cells, StreamWriter output)
    {
        output.Write(string.Join(',', cells.Headers.Select(Quote)) + "\r\n");
        foreach (string[] row in entries.SelectMany(entry => cells.RowsOf(entry, isQuoted: false)))
            output.Write(string.Join(',', row.Select(Quote)) + "\r\n");
    }

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
