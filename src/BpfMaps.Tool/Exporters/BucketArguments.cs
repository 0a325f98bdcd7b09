using System.Globalization;

namespace BpfMaps.Tool.Exporters;

/// <summary>The arguments of <c>[BpfHistogram]</c> for buckets of ebpf_exporter. Bounds are the same as there.</summary>
internal static class BucketArguments
{
    /// <summary>The generator's limit.</summary>
    private const int MostBuckets = 1000;

    /// <summary>The bounds are powers of two up to 2^63.</summary>
    private const int MostPowers = 64;

    /// <param name="why">Why there is no equivalent.</param>
    public static string? Of(ExporterBuckets buckets, out string why)
    {
        why = WhyNot(buckets);
        if (why.Length > 0)
            return null;
        int last = LastOf(buckets);
        // The element behind the last bucket holds the sum.
        string rest = string.Create(CultureInfo.InvariantCulture, $", SumBucket = {last + 1}");
        if (buckets.Multiplier != 1)
            rest = $", Scale = {Text(buckets.Multiplier)}{rest}";
        if (buckets.Type is "exp2" or "exp2zero")
        {
            bool hasZero = buckets.Type == "exp2zero";
            IEnumerable<double> bounds = Enumerable
                .Range(0, last + 1)
                .Select(i => hasZero && i == 0 ? 0 : Math.ScaleB(1, hasZero ? i - 1 : i));
            return $"Buckets = BpfBuckets.Explicit, Bounds = [{string.Join(", ", bounds.Select(Text))}]{rest}";
        }
        // Bucket i counts values up to i.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Buckets = BpfBuckets.Linear, Start = -1, Width = 1, BucketCount = {last + 1}{rest}"
        );
    }

    private static int LastOf(ExporterBuckets buckets) => buckets.Type == "fixed" ? (int)buckets.Keys[^1] : buckets.Max;

    private static string WhyNot(ExporterBuckets buckets)
    {
        if (buckets.Type is not ("exp2" or "exp2zero" or "linear" or "fixed"))
            return $"'bucket_type' '{buckets.Type}'";
        if (buckets.Multiplier is not (> 0 and < double.PositiveInfinity))
            return $"'bucket_multiplier' {Text(buckets.Multiplier)}: it must be above 0";
        if (buckets.Type == "fixed")
            return
                buckets.Keys.Count > 0
                && buckets.Keys.All(static key => key is >= 0 and < MostBuckets && key == Math.Floor(key))
                && buckets.Keys.Zip(buckets.Keys.Skip(1)).All(static pair => pair.First < pair.Second)
                ? ""
                : $"'bucket_keys' [{string.Join(", ", buckets.Keys.Select(Text))}]: expected ascending integers from 0 to 999";
        int most = buckets.Type == "linear" ? MostBuckets : MostPowers;
        return buckets.Min >= 0 && buckets.Max >= buckets.Min && buckets.Max < most
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"'bucket_min' {buckets.Min} and 'bucket_max' {buckets.Max}: expected numbers from 0 to {most - 1}"
            );
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
