using System.ComponentModel;

namespace BpfMaps.Metadata;

/// <summary>A field of a map's value that is exported.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BpfMetricSchema
{
    /// <summary>What the metric is.</summary>
    public required BpfMetricKind Kind { get; init; }

    /// <summary>The name as it is declared.</summary>
    public required string Name { get; init; }

    /// <summary>The unit as it is declared.</summary>
    public string? Unit { get; init; }

    /// <summary>The description as it is declared.</summary>
    public string? Description { get; init; }

    /// <summary>What numbers are multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Where the number is in the value; for a histogram whose buckets are slots of an array, where the array is.</summary>
    public required BpfNumberField Field { get; init; }

    /// <summary>
    /// For a histogram: the upper bounds of the buckets, ascending, before <see cref="Scale"/>. There may be one bucket more, without a
    /// bound.
    /// </summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>
    /// For a histogram: where the sum of the observed values is in the value; <see langword="null"/> if it is not kept there.
    /// </summary>
    public BpfNumberField? Sum { get; init; }

    /// <summary>For a histogram whose key says the bucket: the bucket whose element holds the sum; negative if none does.</summary>
    public int SumBucket { get; init; } = -1;
}
