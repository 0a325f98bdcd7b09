using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Metrics;

/// <summary>The metrics of a map.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, without Roslyn types.</remarks>
/// <param name="Labels">The labels, in the order of the fields of the key.</param>
/// <param name="Metrics">The metrics, in the order of the fields of the value.</param>
/// <param name="Bucket">The field of the key that contains the bucket number; <see langword="null"/> if the key has none.</param>
internal sealed record MetricsSpec(EquatableArray<LabelSpec> Labels, EquatableArray<MetricSpec> Metrics, NumberField? Bucket);

/// <summary>The conversion of a field to text. Each member is a method of <c>BpfLabelSchema</c> in the runtime library.</summary>
internal enum LabelForm
{
    Number,
    Address,
    Text,
    Enum,
    Decoded,
    DecodedBytes,
}

/// <summary>A label.</summary>
/// <param name="TypeName">The full name of the field type, or of the underlying type of an enum.</param>
/// <param name="Decoder">The full name of the decoder; <see langword="null"/> for labels without a decoder.</param>
/// <param name="Members">The members of an enum.</param>
internal sealed record LabelSpec(string Name, LabelForm Form, int Offset, int Size, string TypeName, string? Decoder, string? Match, EquatableArray<LabelMember> Members);

/// <summary>A member of an enum.</summary>
/// <param name="Value">The value as C#.</param>
internal readonly record struct LabelMember(string Value, string Text);

/// <summary>The <c>BpfMetricKind</c> of the runtime library.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>A metric.</summary>
/// <param name="Buckets">The buckets; <see langword="null"/> unless it is a histogram.</param>
internal sealed record MetricSpec(MetricKind Kind, string Name, string? Unit, string? Description, double Scale, NumberField Field, BucketSpec? Buckets);

/// <summary>The <c>BpfBuckets</c> of the runtime library.</summary>
internal enum BucketRule
{
    PowerOfTwo = 0,
    Linear = 1,
    Explicit = 2,
}

/// <summary>The buckets of a histogram.</summary>
/// <param name="Count">The number of buckets with a bound.</param>
/// <param name="Bounds">The bounds, for <see cref="BucketRule.Explicit"/>.</param>
internal sealed record BucketSpec(BucketRule Rule, int Count, double Start, double Width, EquatableArray<double> Bounds, NumberField? Sum, int SumBucket);

/// <summary>The <c>BpfNumberField</c> of the runtime library.</summary>
internal readonly record struct NumberField(int Offset, TypeKindInBtf Kind, int Size, int Count);
