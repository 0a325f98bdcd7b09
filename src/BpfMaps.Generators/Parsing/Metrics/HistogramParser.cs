using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Parses histograms whose buckets are slots of an array, or elements with the bucket in the key.</summary>
internal static class HistogramParser
{
    /// <summary>The bounds are powers of two up to 2^64.</summary>
    private const int MostPowers = 64;

    private const int MostBuckets = 1000;

    /// <param name="bucket">The field of the key that contains the bucket number.</param>
    /// <returns><see langword="null"/> if an error was reported.</returns>
    public static MetricSpec? Parse(AnnotatedField field, NumberField? bucket, MetricValue value, MapDeclaration declaration)
    {
        Annotation annotation = field.Annotation;
        string? why = WhyNot(field, bucket) ?? WhyNotBuckets(annotation, SlotsOf(field, bucket), out _);
        NumberField? sum = null;
        if (why is null && annotation.Get<string>("Sum") is { } name)
            why = FindSum(name, value, out sum);
        if (why is not null)
        {
            declaration.Reporter.Error(MetricDescriptors.HistogramInvalid, annotation.Place, annotation.Owner, why);
            return null;
        }
        _ = WhyNotBuckets(annotation, SlotsOf(field, bucket), out int count);
        BucketSpec buckets = new(
            RuleOf(annotation),
            count,
            annotation.Number("Start", 0),
            annotation.Number("Width", 0),
            (annotation.Numbers("Bounds") ?? []).ToEquatableArray(),
            sum,
            annotation.Integer("SumBucket", -1)
        );
        return new(
            BpfMetricKind.Histogram,
            annotation.Name,
            annotation.Get<string>("Unit"),
            annotation.Get<string>("Description"),
            MetricsParser.ScaleOf(annotation)!.Value,
            field.Number!.Value,
            buckets
        );
    }

    /// <summary>Gets the number of buckets, including the one above the last bound.</summary>
    private static int SlotsOf(AnnotatedField field, NumberField? bucket) =>
        bucket is null ? field.Count : field.Annotation.Integer("BucketCount", field.Annotation.Numbers("Bounds")?.Length ?? 0);

    private static string? WhyNot(AnnotatedField field, NumberField? bucket)
    {
        bool isNumber = field.Number is { Kind: BpfTypeKind.Unsigned or BpfTypeKind.Signed };
        if (bucket is null && (field.Count == 0 || !isNumber))
            return "it is not an inline array or fixed buffer of integers, and no field of the key has [BpfBucket]";
        if (bucket is not null && (field.Count > 0 || !isNumber))
            return "the key has a [BpfBucket] field, so it must be a single integer: the count of that bucket";
        if (bucket is null && (field.Annotation.Integer("BucketCount", 0) != 0 || field.Annotation.Integer("SumBucket", -1) >= 0))
            return "BucketCount and SumBucket are for maps whose key has a [BpfBucket] field";
        return MetricsParser.ScaleOf(field.Annotation) is null ? "its Scale is not a finite number above 0" : null;
    }

    private static string? WhyNotBuckets(Annotation annotation, int slots, out int count)
    {
        count = slots;
        if (slots is < 1 or > MostBuckets)
            return slots == 0 ? "BucketCount is not set" : $"it has {slots.Text()} buckets, but 1 to {MostBuckets.Text()} are allowed";
        switch (RuleOf(annotation))
        {
            case BpfBuckets.PowerOfTwo:
                return slots > MostPowers
                    ? $"{slots.Text()} powers of two do not fit in 64 bits: use at most 64 slots, or another kind of Buckets"
                    : null;
            case BpfBuckets.Linear:
                return
                    annotation.Number("Width", 0) is > 0 and < double.PositiveInfinity
                    && annotation.Number("Start", 0) is > double.NegativeInfinity and < double.PositiveInfinity
                    ? null
                    : "Linear buckets need a Width above 0 and a finite Start";
            case BpfBuckets.Explicit:
                double[] bounds = annotation.Numbers("Bounds") ?? [];
                count = bounds.Length;
                return WhyNotBounds(bounds, slots);
            default:
                return "its Buckets is not PowerOfTwo, Linear or Explicit";
        }
    }

    private static string? WhyNotBounds(double[] bounds, int slots)
    {
        if (bounds.Length == 0)
            return "Explicit buckets need Bounds";
        for (int i = 0; i < bounds.Length; i++)
        {
            if (double.IsNaN(bounds[i]) || double.IsInfinity(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
                return $"its Bounds must be finite and ascending, but number {(i + 1).Text()} is not";
        }
        return slots == bounds.Length || slots == bounds.Length + 1
            ? null
            : $"there are {slots.Text()} slots for {bounds.Length.Text()} Bounds; expected {bounds.Length.Text()}, or {(bounds.Length + 1).Text()} with a slot for values above the last bound";
    }

    private static string? FindSum(string name, MetricValue value, out NumberField? sum)
    {
        sum = null;
        int at = 0;
        if (value.Type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } type || !value.Layout.IsComposite)
            return $"the value has no field '{name}', which Sum names";
        StructLayoutInfo info = StructLayoutInfo.Read(type);
        for (; at < info.Fields.Length && LayoutParser.NameOf(info.Fields[at]) != name; at++) { }
        if (at == info.Fields.Length)
            return $"the value has no field '{name}', which Sum names";
        FieldLayout field = value.Layout.Fields[at];
        sum = field.Count == 0 ? AnnotatedField.NumberOf(field.Type, field.Offset, 1) : null;
        return sum is null ? $"the field '{name}', which Sum names, is not a number of at most 8 bytes in host order" : null;
    }

    private static BpfBuckets RuleOf(Annotation annotation) => (BpfBuckets)annotation.Integer("Buckets", 0);
}
