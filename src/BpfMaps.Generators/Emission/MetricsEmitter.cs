using System.Globalization;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes metrics as the <c>BpfMetricsSchema</c> of the runtime library.</summary>
internal static class MetricsEmitter
{
    private const string Space = "global::BpfMaps.Metadata.";

    /// <summary>Writes the initializer of <c>Metrics</c> in a map schema.</summary>
    public static void Emit(SourceWriter writer, MetricsSpec metrics)
    {
        writer.WriteLine($"Metrics = static () => new {Space}BpfMetricsSchema");
        writer.OpenBlock();
        if (metrics.Labels.Count > 0)
            EmitArray(writer, "Labels", "BpfLabelSchema", metrics.Labels.Select(static l => (Action<SourceWriter>)(w => EmitLabel(w, l))));
        EmitArray(writer, "Metrics", "BpfMetricSchema", metrics.Metrics.Select(static m => (Action<SourceWriter>)(w => EmitMetric(w, m))));
        if (metrics.Bucket is { } bucket)
            writer.WriteLine($"Bucket = {Number(bucket)},");
        writer.Unindent();
        writer.WriteLine("},");
    }

    private static void EmitArray(SourceWriter writer, string name, string type, IEnumerable<Action<SourceWriter>> items)
    {
        writer.WriteLine($"{name} = new {Space}{type}[]");
        writer.OpenBlock();
        foreach (Action<SourceWriter> item in items)
            item(writer);
        writer.Unindent();
        writer.WriteLine("},");
    }

    private static void EmitLabel(SourceWriter writer, LabelSpec label)
    {
        string place = $"{DocText.Literal(label.Name)}, {label.Offset.Text()}";
        string size = ", " + label.Size.Text();
        string match = label.Match is null ? "" : $", match: {DocText.Literal(label.Match)}";
        string call = label.Form switch
        {
            LabelForm.Address => $"Address({place}{size}{match})",
            LabelForm.Text => $"Text({place}{size}{match})",
            LabelForm.Decoded => $"Decoded<{label.TypeName}, {label.Decoder}>({place}{match})",
            LabelForm.DecodedBytes => $"DecodedBytes<{label.Decoder}>({place}{size}{match})",
            LabelForm.Enum => $"Enum<{label.TypeName}>({place}, {Members(label)}{match})",
            _ => $"Number<{label.TypeName}>({place}{match})",
        };
        writer.WriteLine($"{Space}BpfLabelSchema.{call},");
    }

    private static string Members(LabelSpec label)
    {
        string members = string.Join(", ", label.Members.Select(static m => $"[{m.Value}] = {DocText.Literal(m.Text)}"));
        return $"new global::System.Collections.Generic.Dictionary<{label.TypeName}, string> {{ {members} }}";
    }

    private static void EmitMetric(SourceWriter writer, MetricSpec metric)
    {
        writer.WriteLine($"new {Space}BpfMetricSchema");
        writer.OpenBlock();
        writer.WriteLine($"Kind = {Space}BpfMetricKind.{metric.Kind},");
        writer.WriteLine($"Name = {DocText.Literal(metric.Name)},");
        if (metric.Unit is not null)
            writer.WriteLine($"Unit = {DocText.Literal(metric.Unit)},");
        if (metric.Description is not null)
            writer.WriteLine($"Description = {DocText.Literal(metric.Description)},");
        if (metric.Scale != 1)
            writer.WriteLine($"Scale = {Text(metric.Scale)},");
        writer.WriteLine($"Field = {Number(metric.Field)},");
        if (metric.Buckets is { } buckets)
        {
            writer.WriteLine($"Bounds = {Bounds(buckets)},");
            if (buckets.Sum is { } sum)
                writer.WriteLine($"Sum = {Number(sum)},");
            if (buckets.SumBucket >= 0)
                writer.WriteLine($"SumBucket = {buckets.SumBucket.Text()},");
        }
        writer.Unindent();
        writer.WriteLine("},");
    }

    private static string Bounds(BucketSpec buckets) => buckets.Rule switch
    {
        BucketRule.Linear => $"{Space}BpfHistogramBounds.Linear({Text(buckets.Start)}, {Text(buckets.Width)}, {buckets.Count.Text()})",
        BucketRule.Explicit => $"new double[] {{ {string.Join(", ", buckets.Bounds.Select(Text))} }}",
        _ => $"{Space}BpfHistogramBounds.PowerOfTwo({buckets.Count.Text()})",
    };

    private static string Number(NumberField field)
    {
        string count = field.Count == 1 ? "" : ", " + field.Count.Text();
        return $"new({field.Offset.Text()}, global::BpfMaps.BpfTypeKind.{field.Kind}, {field.Size.Text()}{count})";
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture) + "d";
}
