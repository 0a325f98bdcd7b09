using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Entries;

/// <summary>The change of one entry, done or only planned, as a sentence or as JSON.</summary>
/// <param name="Type">The types of the map.</param>
/// <param name="Key">The key; empty for maps without keys.</param>
/// <param name="Old">The value before; <see langword="null"/> if the entry is new.</param>
/// <param name="New">The value now; <see langword="null"/> if the entry was removed.</param>
/// <param name="IsDryRun">Whether nothing was changed.</param>
internal sealed record EntryOutcome(EntryType Type, byte[] Key, byte[]? Old, byte[]? New, bool IsDryRun)
{
    /// <summary>Gets what is done: <c>add</c>, <c>change</c> or <c>remove</c>.</summary>
    public string Action =>
        Old is null ? "add"
        : New is null ? "remove"
        : "change";

    public string Sentence()
    {
        // Of a per-CPU entry that was removed, the total is enough.
        EntryPrinter printer = new(Type, showsEachCpu: New is not null);
        string value = Text(printer, New ?? Old!);
        bool hasKey = Type.Map.KeySize != 0;
        string entry = hasKey ? $"{Type.KeyText(Key)} -> {value}" : value;
        string place = hasKey ? "" : $" to map {Type.Map}";
        return (Action, IsDryRun) switch
        {
            ("add", true) => $"would add {entry}{place}",
            ("add", false) => $"added {entry}{place}",
            ("remove", true) => $"would remove {entry}",
            ("remove", false) => $"removed {entry}",
            (_, true) => $"would change {entry} (now {Text(printer, Old!)})",
            _ => $"changed {entry} (was {Text(printer, Old!)})",
        };
    }

    /// <summary>
    /// Writes the fields <c>key</c>, <c>oldValue</c> and <c>value</c>; for per-CPU maps <c>oldValues</c> and <c>values</c>, as <c>dump</c>.
    /// </summary>
    public void Write(JsonOutput json)
    {
        EntryPrinter printer = new(Type, showsEachCpu: true);
        json.Name("key");
        if (Type.Map.KeySize != 0)
            Type.KeyPrinter.Print(Key, json);
        else
            json.Null();
        WriteValue(printer.ShowsEachCpu ? "oldValues" : "oldValue", Old, printer, json);
        WriteValue(printer.ShowsEachCpu ? "values" : "value", New, printer, json);
    }

    private static void WriteValue(string name, byte[]? value, EntryPrinter printer, JsonOutput json)
    {
        json.Name(name);
        if (value is null)
            json.Null();
        else
            printer.WriteValue(new Entry(default, value), json);
    }

    private static string Text(EntryPrinter printer, byte[] value)
    {
        using StringWriter text = new();
        printer.WriteValue(new Entry(default, value), new TextOutput(text));
        return text.ToString();
    }
}
