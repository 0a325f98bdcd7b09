namespace BpfMaps;

/// <summary>Exports counts by bucket as a histogram.</summary>
/// <param name="name">The name; see <see cref="BpfMetricAttribute.Name"/>.</param>
/// <remarks>
/// There are two shapes. The field is an inline array or a fixed buffer, and each slot is the count of a bucket. Or the field is one
/// number, and the key has a <see cref="BpfBucketAttribute"/> field that says which bucket it counts; then <see cref="BucketCount"/> says
/// how many there are.
/// </remarks>
public sealed class BpfHistogramAttribute(string name) : BpfMetricAttribute(name)
{
    /// <summary>Which values a bucket counts. Default <see cref="BpfBuckets.PowerOfTwo"/>.</summary>
    public BpfBuckets Buckets { get; set; }

    /// <summary>
    /// For <see cref="BpfBuckets.Linear"/>: the lowest value of bucket 0, before <see cref="BpfMetricAttribute.Scale"/>. Default 0.
    /// </summary>
    public double Start { get; set; }

    /// <summary>
    /// For <see cref="BpfBuckets.Linear"/>: how many values a bucket covers, before <see cref="BpfMetricAttribute.Scale"/>.
    /// </summary>
    public double Width { get; set; }

    /// <summary>
    /// For <see cref="BpfBuckets.Explicit"/>: the upper bounds, ascending, before <see cref="BpfMetricAttribute.Scale"/>. The array has a
    /// slot for each, or one more, which counts what is above the last bound.
    /// </summary>
    public double[]? Bounds { get; set; }

    /// <summary>
    /// Gets or sets the name of the value's field with the sum of all observed values, before <see cref="BpfMetricAttribute.Scale"/>;
    /// <see langword="null"/> if none is kept.
    /// </summary>
    public string? Sum { get; set; }

    /// <summary>
    /// Where the key says the bucket: how many buckets there are. Elements of higher buckets count as above the last bound.
    /// </summary>
    public int BucketCount { get; set; }

    /// <summary>
    /// Where the key says the bucket: the bucket number whose element holds the sum of all observed values. Negative, the default, if none
    /// does.
    /// </summary>
    public int SumBucket { get; set; } = -1;
}
