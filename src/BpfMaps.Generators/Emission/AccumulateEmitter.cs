using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes the code that adds the value of one CPU to the total.</summary>
internal static class AccumulateEmitter
{
    public static void Emit(SourceWriter writer, string valueType, EquatableArray<AggregateStep> steps)
    {
        writer.WriteLine();
        writer.WriteLine("/// <inheritdoc/>");
        writer.WriteLine($"protected override void Accumulate(ref {valueType} total, in {valueType} value)");
        EmitBody(writer, valueType, steps);
    }

    /// <summary>Writes the body of a method with the parameters <c>total</c> and <c>value</c>.</summary>
    public static void EmitBody(SourceWriter writer, string valueType, EquatableArray<AggregateStep> steps)
    {
        writer.OpenBlock();
        if (steps.Count > 0)
        {
            writer.WriteLine("unchecked");
            writer.OpenBlock();
            int next = 0;
            while (next < steps.Count)
                next = steps[next].Loops.Count == 0 ? EmitStep(writer, valueType, steps, next) : EmitLoop(writer, valueType, steps, next);
            writer.CloseBlock();
        }
        writer.CloseBlock();
    }

    private static int EmitStep(SourceWriter writer, string valueType, EquatableArray<AggregateStep> steps, int index)
    {
        AggregateStep step = steps[index];
        string? path = step.Path;
        writer.WriteLine(
            step.Operation switch
            {
                _ when path is null => ByOffset(valueType, step, step.Offset.Text()),
                Aggregation.Max => $"if (value{path} > total{path}) total{path} = value{path};",
                Aggregation.Min => $"if (value{path} < total{path}) total{path} = value{path};",
                Aggregation.BitOr => $"total{path} |= value{path};",
                null => $"{step.OwnerType}.Accumulate(ref total{path}, in value{path});",
                _ => $"total{path} += value{path};",
            }
        );
        return index + 1;
    }

    /// <summary>Writes one loop for all fields of the elements of an array.</summary>
    private static int EmitLoop(SourceWriter writer, string valueType, EquatableArray<AggregateStep> steps, int index)
    {
        EquatableArray<Loop> loops = steps[index].Loops;
        string inElement = "";
        for (int i = 0; i < loops.Count; i++)
        {
            string variable = "i" + i.Text();
            writer.WriteLine($"for (int {variable} = 0; {variable} < {loops[i].Count.Text()}; {variable}++)");
            writer.OpenBlock();
            inElement += $" + ({variable} * {loops[i].Stride.Text()})";
        }
        for (; index < steps.Count && steps[index].Loops.Equals(loops); index++)
            writer.WriteLine(ByOffset(valueType, steps[index], steps[index].Offset.Text() + inElement));
        for (int i = 0; i < loops.Count; i++)
            writer.CloseBlock();
        return index;
    }

    private static string ByOffset(string valueType, AggregateStep step, string offset) =>
        $"global::BpfMaps.Metadata.BpfAggregation.{step.Operation}<{valueType}, {step.NumberType}>(ref total, in value, {offset}, {step.Count.Text()});";
}
