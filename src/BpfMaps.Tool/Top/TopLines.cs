using System.Globalization;
using System.Text.Json;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Top;

/// <summary>Writes refreshes where there is no terminal: as tables, or as one line of JSON each.</summary>
internal static class TopLines
{
    private static readonly JsonWriterOptions s_compact = new() { NewLine = "\n" };

    public static void Write(TopSample sample, TextWriter output)
    {
        output.WriteLine(sample.Time.ToString("O", CultureInfo.InvariantCulture));
        Write(TopColumns.Maps, sample.Maps, output);
        Write(TopColumns.Programs, sample.Programs, output);
        output.WriteLine();
    }

    public static void WriteJson(TopSample sample, Stream stream)
    {
        using (Utf8JsonWriter writer = new(stream, s_compact))
        {
            writer.WriteStartObject();
            writer.WriteString("time", sample.Time);
            writer.WriteStartArray("maps");
            foreach (MapSample map in sample.Maps)
                Write(writer, map);
            writer.WriteEndArray();
            writer.WriteStartArray("programs");
            foreach (ProgramSample program in sample.Programs)
                Write(writer, program);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Write<T>(IReadOnlyList<TopColumn<T>> columns, IReadOnlyList<T> rows, TextWriter output)
    {
        Table table = new([.. columns.Select(static column => column.Header)]);
        foreach (T row in rows)
            table.Add([.. columns.Select(column => column.Text(row))]);
        table.Write(output);
    }

    private static void Write(Utf8JsonWriter writer, MapSample map)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", map.Info.Id);
        writer.WriteString("type", map.Info.Type.ToString());
        writer.WriteString("name", map.Info.Name);
        WriteNumber(writer, "entries", map.Entries);
        writer.WriteBoolean("entriesArePart", map.IsPart);
        writer.WriteNumber("maxEntries", map.Info.MaxEntries);
        writer.WriteNumber("memory", map.Memory);
        WriteNumber(writer, "changesPerSecond", map.ChangesPerSecond);
        WriteNumber(writer, "unreadBytes", map.UnreadBytes);
        writer.WriteProcesses("processes", map.Owners.Select(static owner => (owner.ProcessId, owner.Command)));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ProgramSample program)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", program.Info.Id);
        writer.WriteString("type", program.Info.Type.ToString());
        writer.WriteString("name", program.Info.Name);
        WriteNumber(writer, "runsPerSecond", program.RunsPerSecond);
        WriteNumber(writer, "averageNanoseconds", program.AverageNanoseconds);
        WriteNumber(writer, "cpuShare", program.CpuShare);
        writer.WriteProcesses("processes", program.Owners.Select(static owner => (owner.ProcessId, owner.Command)));
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }
}
