using System.ComponentModel;

namespace BpfMaps.Metadata;

/// <summary>A metric: a field of the value of a map that is exported.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BpfMetricSchema
{
    private BpfMetricSchema(BpfMetricKind kind, string name, BpfNumberField field, string? unit, string? description, double scale) =>
        (Kind, Name, Field, Unit, Description, Scale) = (kind, name, field, unit, description, scale);

    internal BpfMetricKind Kind { get; }

    /// <summary>The declared name.</summary>
    internal string Name { get; }

    /// <summary>The declared unit.</summary>
    internal string? Unit { get; }

    internal string? Description { get; }

    /// <summary>The factor that numbers are multiplied by.</summary>
    internal double Scale { get; }

    /// <summary>The number in the value; for a histogram with one bucket per slot of an array, the array.</summary>
    internal BpfNumberField Field { get; }

    /// <summary>
    /// For a histogram, the upper bounds of the buckets, ascending, before <see cref="Scale"/>. There may be one more bucket, without a
    /// bound.
    /// </summary>
    internal IReadOnlyList<double> Bounds { get; private init; } = [];

    /// <summary>For a histogram, the sum of the observed values; <see langword="null"/> if the value does not have it.</summary>
    internal BpfNumberField? Sum { get; private init; }

    /// <summary>For a histogram whose key has the bucket, the bucket of the element with the sum; or a negative number.</summary>
    internal int SumBucket { get; private init; } = -1;

    /// <summary>Describes a number that only grows.</summary>
    /// <param name="name">The declared name.</param>
    /// <param name="field">The number in the value.</param>
    /// <param name="unit">The declared unit.</param>
    /// <param name="description">The declared description.</param>
    /// <param name="scale">The factor that the number is multiplied by.</param>
    /// <returns>The metric.</returns>
    public static BpfMetricSchema Counter(
        string name,
        BpfNumberField field,
        string? unit = null,
        string? description = null,
        double scale = 1
    ) => new(BpfMetricKind.Counter, name, field, unit, description, scale);

    /// <summary>Describes a number that grows and shrinks.</summary>
    /// <inheritdoc cref="Counter"/>
    public static BpfMetricSchema Gauge(
        string name,
        BpfNumberField field,
        string? unit = null,
        string? description = null,
        double scale = 1
    ) => new(BpfMetricKind.Gauge, name, field, unit, description, scale);

    /// <summary>Describes counts by bucket.</summary>
    /// <param name="name">The declared name.</param>
    /// <param name="field">The count in the value, or the array of counts.</param>
    /// <param name="bounds">The upper bounds of the buckets, ascending, before they are scaled.</param>
    /// <param name="unit">The declared unit.</param>
    /// <param name="description">The declared description.</param>
    /// <param name="scale">The factor that the bounds and the sum are multiplied by.</param>
    /// <param name="sum">The sum of the observed values; <see langword="null"/> if the value does not have it.</param>
    /// <param name="sumBucket">If the key has the bucket, the bucket of the element with the sum; or a negative number.</param>
    /// <returns>The metric.</returns>
    public static BpfMetricSchema Histogram(
        string name,
        BpfNumberField field,
        IReadOnlyList<double> bounds,
        string? unit = null,
        string? description = null,
        double scale = 1,
        BpfNumberField? sum = null,
        int sumBucket = -1
    ) =>
        new(BpfMetricKind.Histogram, name, field, unit, description, scale)
        {
            Bounds = bounds,
            Sum = sum,
            SumBucket = sumBucket,
        };

    /// <summary>Creates bounds at powers of two, beginning with 2.</summary>
    /// <param name="count">The number of buckets.</param>
    /// <returns>The upper bound of each bucket.</returns>
    public static double[] PowerOfTwo(int count) => BoundsOf(count, static bucket => Math.ScaleB(1, bucket + 1));

    /// <summary>Creates bounds at equal distances.</summary>
    /// <param name="start">The lowest value of bucket 0.</param>
    /// <param name="width">The number of values per bucket.</param>
    /// <param name="count">The number of buckets.</param>
    /// <returns>The upper bound of each bucket.</returns>
    public static double[] Linear(double start, double width, int count) => BoundsOf(count, bucket => start + ((bucket + 1) * width));

    private static double[] BoundsOf(int count, Func<int, double> bound)
    {
        double[] bounds = new double[count];
        for (int bucket = 0; bucket < count; bucket++)
            bounds[bucket] = bound(bucket);
        return bounds;
    }
}
