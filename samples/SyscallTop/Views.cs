using System.Globalization;
using System.Text.Json;
using BpfMaps;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SyscallTop;

/// <summary>Output of a snapshot: a live view on a terminal, plain lines otherwise, or JSON.</summary>
internal static class Views
{
    private const int Rows = 20;
    private const int FewestRows = 5;
    private const int ChartWidth = 70;
    private const int LinesAround = 6; // the line above, the table's header and borders, the chart's label

    /// <summary>
    /// Draws a picture for a terminal of <paramref name="height"/> lines: with fewer rows, and without the chart if it would leave too few.
    /// </summary>
    public static IRenderable Picture(Snapshot snapshot, int height)
    {
        (string Label, ulong Count)[] slots = [.. FilledSlots(snapshot)];
        bool drawsChart = height - LinesAround - slots.Length >= FewestRows;
        int rows = Math.Clamp(height - LinesAround - (drawsChart ? slots.Length : 0), FewestRows, Rows);

        Table table = new Table().Border(TableBorder.Simple).AddColumns("pid", "command", "system call");
        table.AddColumn(new TableColumn("calls").RightAligned());
        table.AddColumn(new TableColumn("average ns").RightAligned());
        foreach (CallCount call in snapshot.Calls.Take(rows))
            table.AddRow(
                Markup.Escape(Text(call.ProcessId)),
                Markup.Escape(call.Command),
                Markup.Escape(call.Name),
                Text(call.Calls),
                Text(Math.Round(call.AverageNanoseconds))
            );

        if (!drawsChart)
            return table;
        BarChart chart = new BarChart().Width(ChartWidth).Label("time inside the kernel");
        foreach ((string label, ulong count) in slots)
            chart.AddItem(label, count, Color.Aqua);
        return new Rows(table, chart);
    }

    public static void WriteLines(Snapshot snapshot, TextWriter output)
    {
        output.WriteLine($"{"pid", 7} {"command", -16} {"system call", -20} {"calls", 10} {"average ns", 11}");
        foreach (CallCount call in snapshot.Calls.Take(Rows))
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{call.ProcessId, 7} {call.Command, -16} {call.Name, -20} {call.Calls, 10} {call.AverageNanoseconds, 11:F0}"
                )
            );

        output.WriteLine();
        Log2Histogram.Write(output, snapshot.Latency, "ns");
        if (snapshot.Lost != 0)
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{snapshot.Lost} calls were not counted because the map was full")
            );
    }

    public static void WriteJson(Snapshot snapshot, Stream output)
    {
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("lost", snapshot.Lost);
        json.WriteStartArray("calls");
        foreach (CallCount call in snapshot.Calls)
        {
            json.WriteStartObject();
            json.WriteNumber("pid", call.ProcessId);
            json.WriteString("command", call.Command);
            json.WriteNumber("number", call.Number);
            json.WriteString("name", call.Name);
            json.WriteNumber("calls", call.Calls);
            json.WriteNumber("nanoseconds", call.Nanoseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("latency_log2_ns");
        foreach (ulong count in snapshot.Latency)
            json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The slots from the first to the last that is not zero.</summary>
    private static IEnumerable<(string Label, ulong Count)> FilledSlots(Snapshot snapshot)
    {
        int first = 0,
            last = snapshot.Latency.Length - 1;
        while (first <= last && snapshot.Latency[first] == 0)
            first++;
        while (last >= first && snapshot.Latency[last] == 0)
            last--;
        for (int slot = first; slot <= last; slot++)
            yield return ($"{Duration(1UL << slot)} to {Duration(2UL << slot)}", snapshot.Latency[slot]);
    }

    private static string Duration(ulong nanoseconds) =>
        nanoseconds switch
        {
            < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds} ns"),
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:0} us"),
            < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:0} s"),
        };

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
