using System.Text;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Series;

namespace BpfMaps.Metrics.Text;

/// <summary>A metric of one map.</summary>
internal sealed class FamilyMember
{
    private readonly byte[][] _bounds;
    private readonly byte[][] _openMetricsBounds;

    public FamilyMember(MapReader reader, PlacedMetric metric, bool namesMap)
    {
        Reader = reader;
        Metric = metric;
        NamesMap = namesMap;
        MapLabel = LabelText.Write(["map"], [reader.Name]);
        ScaledBounds = [.. metric.Schema.Bounds.Select(bound => NumberText.Scale(bound, metric.Schema.Scale))];
        _bounds = BoundTexts(isOpenMetrics: false);
        _openMetricsBounds = BoundTexts(isOpenMetrics: true);
        Number = reader.Plan.SeriesSlots[metric.First];
        Sum = metric.Sum < 0 ? null : reader.Plan.SeriesSlots[metric.Sum];
    }

    public MapReader Reader { get; }

    public PlacedMetric Metric { get; }

    /// <summary>Whether the map was added with a name.</summary>
    public bool NamesMap { get; }

    /// <summary>The label of the map: <c>map="requests"</c>.</summary>
    public byte[] MapLabel { get; }

    /// <summary>The number, or the number of each bucket.</summary>
    public MetricSlot Number { get; }

    public MetricSlot? Sum { get; }

    /// <summary>The bounds of the buckets in the exported unit.</summary>
    public double[] ScaledBounds { get; }

    /// <summary>Gets the labels of all bounds: <c>le="0.5"</c>, and <c>le="+Inf"</c> at the end.</summary>
    public byte[][] BoundLabels(BpfMetricsFormat format) => format == BpfMetricsFormat.OpenMetrics ? _openMetricsBounds : _bounds;

    private byte[][] BoundTexts(bool isOpenMetrics) =>
        [
            .. ScaledBounds
                .Append(double.PositiveInfinity)
                .Select(bound => Encoding.ASCII.GetBytes($"le=\"{NumberText.Bound(bound, isOpenMetrics)}\"")),
        ];
}
