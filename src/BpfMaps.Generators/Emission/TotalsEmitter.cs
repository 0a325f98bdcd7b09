using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes how totals are computed as data, for queries that compute them in the kernel.</summary>
internal static class TotalsEmitter
{
    private const string Field = "global::BpfMaps.Metadata.BpfTotalField";

    /// <summary>The largest number of entries to write, because each element of an array of structs has entries of its own.</summary>
    private const int MostEntries = 1024;

    /// <summary>Writes the property of the schema, unless a method of the user computes a part of the total.</summary>
    public static void Emit(SourceWriter writer, EquatableArray<AggregateStep> steps)
    {
        if (steps.Any(static step => step.Operation is null) || steps.Sum(EntriesOf) > MostEntries)
            return;
        if (steps.Count == 0)
        {
            writer.WriteLine($"Totals = global::System.Array.Empty<{Field}>(),");
            return;
        }
        writer.WriteLine($"Totals = new {Field}[]");
        writer.WriteLine("{");
        writer.Indent();
        foreach (AggregateStep step in steps)
            EmitEntries(writer, step, loop: 0, step.Offset);
        writer.Unindent();
        writer.WriteLine("},");
    }

    private static long EntriesOf(AggregateStep step) => step.Loops.Aggregate(1L, static (entries, loop) => entries * loop.Count);

    private static void EmitEntries(SourceWriter writer, AggregateStep step, int loop, int offset)
    {
        if (loop < step.Loops.Count)
        {
            for (int i = 0; i < step.Loops[loop].Count; i++)
                EmitEntries(writer, step, loop + 1, offset + (i * step.Loops[loop].Stride));
            return;
        }

        string count = step.Count == 1 ? "" : ", " + step.Count.Text();
        writer.WriteLine(
            $"new(global::BpfMaps.Aggregation.{step.Operation}, global::BpfMaps.Metadata.BpfTypeLayout.Of<{step.NumberType}>(), {offset.Text()}{count}),"
        );
    }
}
