using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Metrics;

/// <summary>The metrics that a map exports.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, and without anything of Roslyn's inside.</remarks>
/// <param name="Labels">In the order of the key's fields.</param>
/// <param name="Metrics">In the order of the value's fields.</param>
/// <param name="Bucket">The field of the key that says the bucket; <see langword="null"/> if none does.</param>
internal sealed record MetricsSpec(EquatableArray<LabelSpec> Labels, EquatableArray<MetricSpec> Metrics, NumberField? Bucket);

/// <summary>How a field becomes text: the methods of the runtime's <c>BpfLabelSchema</c>.</summary>
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
/// <param name="TypeName">The full name of the field's type, or of the type below an enum.</param>
/// <param name="Decoder">The full name of the decoder; <see langword="null"/> if there is none.</param>
/// <param name="Members">The members of an enum.</param>
internal sealed record LabelSpec(string Name, LabelForm Form, int Offset, int Size, string TypeName, string? Decoder, string? Match, EquatableArray<LabelMember> Members);

/// <summary>A member of an enum.</summary>
/// <param name="Value">Its number, as C#.</param>
internal readonly record struct LabelMember(string Value, string Text);

/// <summary>The runtime's <c>BpfMetricKind</c>.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>A metric.</summary>
/// <param name="Buckets">For histograms.</param>
internal sealed record MetricSpec(MetricKind Kind, string Name, string? Unit, string? Description, double Scale, NumberField Field, BucketSpec? Buckets);

/// <summary>The runtime's <c>BpfBuckets</c>.</summary>
internal enum BucketRule
{
    PowerOfTwo = 0,
    Linear = 1,
    Explicit = 2,
}

/// <summary>The buckets of a histogram.</summary>
/// <param name="Count">How many of them have a bound.</param>
/// <param name="Bounds">For <see cref="BucketRule.Explicit"/>.</param>
internal sealed record BucketSpec(BucketRule Rule, int Count, double Start, double Width, EquatableArray<double> Bounds, NumberField? Sum, int SumBucket);

/// <summary>The runtime's <c>BpfNumberField</c>.</summary>
internal readonly record struct NumberField(int Offset, TypeKindInBtf Kind, int Size, int Count);
