namespace BpfMaps.Tool.Exporters;

/// <summary>A counter or histogram, which has the name of its map.</summary>
/// <param name="Buckets">The buckets of a histogram; <see langword="null"/> for a counter.</param>
/// <param name="Labels">What the bytes of the key are, in order. The last label of a histogram is the bucket.</param>
internal sealed record ExporterMetric(string Name, string Help, ExporterBuckets? Buckets, IReadOnlyList<ExporterLabel> Labels);
