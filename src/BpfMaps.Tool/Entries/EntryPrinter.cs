using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Entries;

/// <summary>Writes entries: <c>key -> value</c>, or objects of JSON.</summary>
/// <param name="type">The types of the map.</param>
/// <param name="showsEachCpu">Whether per-CPU maps show the value of each CPU and not the total.</param>
internal sealed class EntryPrinter(EntryType type, bool showsEachCpu)
{
    private readonly Totals _totals = new(type);

    /// <summary>Gets whether an entry shows one value for each possible CPU.</summary>
    public bool ShowsEachCpu { get; } = type.Map.PerCpuValueSize != 0 && (showsEachCpu || !Totals.AreMeaningful(type));

    /// <summary>Gets the value to show: that of the entry, or the total over all CPUs. Valid until the next call.</summary>
    public ReadOnlySpan<byte> ValueOf(Entry entry) => type.Map.PerCpuValueSize != 0 ? _totals.Add(entry.Value.Span) : entry.Value.Span;

    public void WriteLine(Entry entry, TextWriter output)
    {
        Write(entry, output);
        output.WriteLine();
    }

    public void Write(Entry entry, TextWriter output)
    {
        type.KeyPrinter.Print(entry.Key.Span, new TextOutput(output));
        output.Write(" -> ");
        WriteValue(entry, new TextOutput(output));
    }

    /// <summary>Writes <c>{"key": ..., "value": ...}</c>, or <c>values</c> if each CPU is shown.</summary>
    public void Write(Entry entry, IValueOutput output)
    {
        output.BeginObject();
        output.Name("key");
        type.KeyPrinter.Print(entry.Key.Span, output);
        output.Name(ShowsEachCpu ? "values" : "value");
        WriteValue(entry, output);
        output.EndObject();
    }

    public void WriteValue(Entry entry, IValueOutput output)
    {
        if (!ShowsEachCpu)
        {
            type.ValuePrinter.Print(ValueOf(entry), output);
            return;
        }
        output.BeginArray();
        BpfHost host = type.Map.Host;
        for (int index = 0; index < host.PossibleCpuCount; index++)
        {
            output.BeginObject();
            output.Name("cpu");
            output.Number((long)host.PossibleCpus[index]);
            output.Name("value");
            type.ValuePrinter.Print(entry.Value.Span.Slice(index * type.Map.PerCpuStride, type.Map.ValueSize), output);
            output.EndObject();
        }
        output.EndArray();
    }
}
