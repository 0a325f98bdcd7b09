using BpfMaps.Metadata;

namespace BpfMaps.Metrics.Series;

/// <summary>A metric with the slots of its series.</summary>
/// <param name="Schema">The metric.</param>
/// <param name="First">The slot of its number, or of its first bucket.</param>
/// <param name="Count">The number of buckets; 1 for other metrics.</param>
/// <param name="Sum">The slot of the sum of a histogram; negative without a sum.</param>
internal readonly record struct PlacedMetric(BpfMetricSchema Schema, int First, int Count, int Sum);
