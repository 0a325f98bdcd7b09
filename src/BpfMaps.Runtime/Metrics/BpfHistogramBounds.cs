using System.ComponentModel;

namespace BpfMaps.Metadata;

/// <summary>Makes the upper bounds of the buckets of a histogram.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BpfHistogramBounds
{
    /// <summary>The powers of two from 2.</summary>
    /// <param name="count">How many buckets there are.</param>
    /// <returns>A bound for each bucket.</returns>
    public static double[] PowerOfTwo(int count) => Make(count, static bucket => Math.ScaleB(1, bucket + 1));

    /// <summary>Bounds at equal distances.</summary>
    /// <param name="start">The lowest value of bucket 0.</param>
    /// <param name="width">How many values a bucket covers.</param>
    /// <param name="count">How many buckets there are.</param>
    /// <returns>A bound for each bucket.</returns>
    public static double[] Linear(double start, double width, int count) => Make(count, bucket => start + ((bucket + 1) * width));

    private static double[] Make(int count, Func<int, double> bound)
    {
        double[] bounds = new double[count];
        for (int bucket = 0; bucket < count; bucket++)
            bounds[bucket] = bound(bucket);
        return bounds;
    }
}
