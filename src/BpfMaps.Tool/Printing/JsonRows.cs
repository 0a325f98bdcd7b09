using System.Text.Json;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes an indented array of objects to standard output.</summary>
internal static class JsonRows
{
    public static void Write<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        using Stream stream = Console.OpenStandardOutput();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartArray();
            foreach (T row in rows)
            {
                writer.WriteStartObject();
                write(writer, row);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes an array of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    /// <summary>Writes an array of numbers.</summary>
    public static void WriteNumbers(this Utf8JsonWriter writer, string name, IEnumerable<uint> numbers)
    {
        writer.WriteStartArray(name);
        foreach (uint number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    /// <summary>Writes an array of processes.</summary>
    public static void WriteProcesses(this Utf8JsonWriter writer, string name, IEnumerable<(int Id, string Command)> processes)
    {
        writer.WriteStartArray(name);
        foreach ((int id, string command) in processes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("pid", id);
            writer.WriteString("command", command);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
