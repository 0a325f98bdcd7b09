using BpfMaps.Metadata;

namespace BpfMaps.Metrics.Series;

/// <summary>Where the numbers of a map's metrics are: in an element, and in a series.</summary>
/// <remarks>
/// An element has a slot for each exported number. A series has the same slots, unless the key says the bucket of a histogram: then the
/// series has all buckets, and
/// an element is one of them.
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

    /// <summary>The field of the key that says the bucket.</summary>
    public MetricSlot? Bucket { get; }

    /// <summary>For each slot of an element, where it goes in a series.</summary>
    private Target[] Targets { get; }

    /// <summary>Where a slot of an element goes in a series.</summary>
    /// <param name="slot">The element's slot.</param>
    /// <param name="bucket">The bucket that the element's key says.</param>
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
            // All buckets, what is above the last bound, and perhaps the sum.
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
    /// <param name="Buckets">How many buckets with a bound follow, one of which the key says; 0 if the slot is the only one.</param>
    /// <param name="SumBucket">The bucket number that stands for the sum; negative if none does.</param>
    private readonly record struct Target(int First, int Buckets, int SumBucket);
}

/// <summary>A metric with the slots of its series.</summary>
/// <param name="Schema">The metric.</param>
/// <param name="First">The slot of its number, or of its first bucket.</param>
/// <param name="Count">1, or how many buckets there are.</param>
/// <param name="Sum">The slot of a histogram's sum; negative if it has none.</param>
internal readonly record struct PlacedMetric(BpfMetricSchema Schema, int First, int Count, int Sum);
