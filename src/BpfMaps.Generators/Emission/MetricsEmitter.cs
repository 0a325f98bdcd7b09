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
        string end = metrics.Bucket is { } bucket ? $", {Number(bucket)})," : "),";
        writer.WriteLine($"Metrics = static () => new {Space}BpfMetricsSchema(");
        writer.Indent();
        EmitArray(writer, "BpfLabelSchema", metrics.Labels, EmitLabel, ",");
        EmitArray(writer, "BpfMetricSchema", metrics.Metrics, EmitMetric, end);
        writer.Unindent();
    }

    private static void EmitArray<T>(
        SourceWriter writer,
        string type,
        IReadOnlyCollection<T> items,
        Action<SourceWriter, T> emit,
        string end
    )
    {
        writer.WriteLine($"new {Space}{type}[]");
        writer.OpenBlock();
        foreach (T item in items)
            emit(writer, item);
        writer.Unindent();
        writer.WriteLine("}" + end);
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
        List<string> arguments = [DocText.Literal(metric.Name), Number(metric.Field)];
        if (metric.Buckets is { } buckets)
            arguments.Add(Bounds(buckets));
        if (metric.Unit is not null)
            arguments.Add($"unit: {DocText.Literal(metric.Unit)}");
        if (metric.Description is not null)
            arguments.Add($"description: {DocText.Literal(metric.Description)}");
        if (metric.Scale != 1)
            arguments.Add($"scale: {Text(metric.Scale)}");
        if (metric.Buckets?.Sum is { } sum)
            arguments.Add($"sum: {Number(sum)}");
        if (metric.Buckets is { SumBucket: >= 0 } inBucket)
            arguments.Add($"sumBucket: {inBucket.SumBucket.Text()}");
        writer.WriteLine($"{Space}BpfMetricSchema.{metric.Kind}({string.Join(", ", arguments)}),");
    }

    private static string Bounds(BucketSpec buckets) =>
        buckets.Rule switch
        {
            BpfBuckets.Linear => $"{Space}BpfMetricSchema.Linear({Text(buckets.Start)}, {Text(buckets.Width)}, {buckets.Count.Text()})",
            BpfBuckets.Explicit => $"new double[] {{ {string.Join(", ", buckets.Bounds.Select(Text))} }}",
            _ => $"{Space}BpfMetricSchema.PowerOfTwo({buckets.Count.Text()})",
        };

    private static string Number(NumberField field)
    {
        string count = field.Count == 1 ? "" : ", " + field.Count.Text();
        return $"new({field.Offset.Text()}, global::BpfMaps.Metadata.BpfTypeKind.{field.Kind}, {field.Size.Text()}{count})";
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture) + "d";
}
