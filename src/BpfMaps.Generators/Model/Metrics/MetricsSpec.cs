using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The metrics of a map.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, without Roslyn types.</remarks>
/// <param name="Labels">The labels, in the order of the fields of the key.</param>
/// <param name="Metrics">The metrics, in the order of the fields of the value.</param>
/// <param name="Bucket">The field of the key that contains the bucket number; <see langword="null"/> if the key has none.</param>
internal sealed record MetricsSpec(EquatableArray<LabelSpec> Labels, EquatableArray<MetricSpec> Metrics, NumberField? Bucket);
