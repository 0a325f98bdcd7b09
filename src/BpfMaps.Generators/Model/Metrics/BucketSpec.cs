using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The buckets of a histogram.</summary>
/// <param name="Count">The number of buckets with a bound.</param>
/// <param name="Bounds">The bounds, for <see cref="BpfBuckets.Explicit"/>.</param>
internal sealed record BucketSpec(
    BpfBuckets Rule,
    int Count,
    double Start,
    double Width,
    EquatableArray<double> Bounds,
    NumberField? Sum,
    int SumBucket
);
