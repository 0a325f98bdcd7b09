using BpfMaps.Metadata;

namespace BpfMaps.Metrics.Series;

/// <summary>The places of the numbers of metrics in elements and in series.</summary>
/// <remarks>
/// An element has a slot for each exported number. A series has the same slots, unless the key contains the bucket of a histogram. Then the
/// series has slots for all buckets, and
/// an element is for one of them.
/// </remarks>
internal sealed class MetricPlan
{
    private readonly List<MetricSlot> _slots = [];
    private readonly List<MetricSlot> _seriesSlots = [];
    private readonly List<Target> _targets = [];

    public MetricPlan(BpfMetricsSchema schema)
    {
        Bucket = schema.Bucket is { } bucket ? new MetricSlot(bucket, IsGauge: true) : null;
        Metrics = [.. schema.Metrics.Select(Place)];
        Slots = [.. _slots];
        SeriesSlots = [.. _seriesSlots];
        Targets = [.. _targets];
    }

    /// <summary>The numbers of an element.</summary>
    public MetricSlot[] Slots { get; }

    /// <summary>The numbers of a series.</summary>
    public MetricSlot[] SeriesSlots { get; }

    /// <summary>The metrics in the order of their declaration.</summary>
    public PlacedMetric[] Metrics { get; }

    /// <summary>The field of the key that contains the bucket number.</summary>
    public MetricSlot? Bucket { get; }

    /// <summary>The target in a series for each slot of an element.</summary>
    private Target[] Targets { get; }

    /// <summary>Gets the slot of a series for a slot of an element.</summary>
    /// <param name="slot">The slot of the element.</param>
    /// <param name="bucket">The bucket number in the key of the element.</param>
    public int TargetOf(int slot, ulong bucket)
    {
        Target target = Targets[slot];
        if (target.Buckets == 0)
            return target.First;
        if (target.SumBucket >= 0 && bucket == (ulong)target.SumBucket)
            return target.First + target.Buckets + 1;
        return target.First + (int)Math.Min(bucket, (ulong)target.Buckets);
    }

    private PlacedMetric Place(BpfMetricSchema metric)
    {
        bool isGauge = metric.Kind == BpfMetricKind.Gauge;
        int first = _seriesSlots.Count;
        if (Bucket is not null && metric.Kind == BpfMetricKind.Histogram)
        {
            // All buckets, the bucket above the last bound, and possibly the sum.
            int count = metric.Bounds.Count + 1;
            bool hasSumBucket = metric.SumBucket >= 0;
            _slots.Add(new(metric.Field, isGauge));
            _targets.Add(new(first, metric.Bounds.Count, metric.SumBucket));
            for (int i = 0; i < count + (hasSumBucket ? 1 : 0); i++)
                _seriesSlots.Add(new(metric.Field, isGauge));
            return new(metric, first, count, hasSumBucket ? first + count : AddSum(metric));
        }
        BpfNumberField field = metric.Field;
        for (int i = 0; i < field.Count; i++)
            Add(new(field.Offset + (i * field.Size), field.Kind, field.Size), isGauge);
        return new(metric, first, field.Count, AddSum(metric));
    }

    private int AddSum(BpfMetricSchema metric)
    {
        if (metric.Sum is not { } sum)
            return -1;
        Add(sum, isGauge: false);
        return _seriesSlots.Count - 1;
    }

    private void Add(BpfNumberField field, bool isGauge)
    {
        _targets.Add(new(_seriesSlots.Count, 0, -1));
        _slots.Add(new(field, isGauge));
        _seriesSlots.Add(new(field, isGauge));
    }

    /// <param name="First">The first slot of the series.</param>
    /// <param name="Buckets">The number of buckets with a bound; 0 for a single slot.</param>
    /// <param name="SumBucket">The bucket number of the sum; negative without a sum.</param>
    private readonly record struct Target(int First, int Buckets, int SumBucket);
}
