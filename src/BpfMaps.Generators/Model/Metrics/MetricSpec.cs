using BpfMaps.Metadata;

namespace BpfMaps.Generators.Model;

/// <summary>A metric.</summary>
/// <param name="Buckets">The buckets; <see langword="null"/> unless it is a histogram.</param>
internal sealed record MetricSpec(
    BpfMetricKind Kind,
    string Name,
    string? Unit,
    string? Description,
    double Scale,
    NumberField Field,
    BucketSpec? Buckets
);
