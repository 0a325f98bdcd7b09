using System.Text;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Series;

namespace BpfMaps.Metrics.Text;

/// <summary>All metrics of one Prometheus name: those of one map, or of several maps that declare the same metric.</summary>
internal sealed class MetricFamily
{
    private readonly List<FamilyMember> _members = [];

    public MetricFamily(string name, BpfMetricSchema metric, string mapName)
    {
        Name = name;
        Kind = metric.Kind;
        MetricName = metric.Name;
        Unit = metric.Unit;
        Description = metric.Description ?? $"The {metric.Kind.ToString().ToLowerInvariant()} '{metric.Name}' of the BPF map '{mapName}'.";
        UnitWord = PrometheusNames.UnitOf(metric.Unit, metric.Kind) is { } word && name.EndsWith(word, StringComparison.Ordinal) ? word : null;
        NameBytes = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>The name in text, without the suffixes of samples.</summary>
    public string Name { get; }

    public byte[] NameBytes { get; }

    public BpfMetricKind Kind { get; }

    /// <summary>The name as it is declared.</summary>
    public string MetricName { get; }

    /// <summary>The unit as it is declared.</summary>
    public string? Unit { get; }

    /// <summary>The unit in words, if the name ends in it.</summary>
    public string? UnitWord { get; }

    public string Description { get; }

    public IReadOnlyList<FamilyMember> Members => _members;

    public void Add(FamilyMember member) => _members.Add(member);

    public bool Remove(MapReader reader)
    {
        _members.RemoveAll(m => m.Reader == reader);
        return _members.Count == 0;
    }

    /// <summary>Whether the series of a member need a label that says which map they are from: two maps may have the same labels.</summary>
    public bool NamesMap(FamilyMember member) => member.NamesMap || _members.Count > 1;
}

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

    /// <summary>Whether the map was added with a name of its own.</summary>
    public bool NamesMap { get; }

    /// <summary><c>map="requests"</c>.</summary>
    public byte[] MapLabel { get; }

    /// <summary>What the number is, or each bucket's.</summary>
    public MetricSlot Number { get; }

    public MetricSlot? Sum { get; }

    /// <summary>The bounds of the buckets in the exported unit.</summary>
    public double[] ScaledBounds { get; }

    /// <summary>For each bound, <c>le="0.5"</c>; then <c>le="+Inf"</c>.</summary>
    public byte[][] BoundLabels(BpfMetricsFormat format) => format == BpfMetricsFormat.OpenMetrics ? _openMetricsBounds : _bounds;

    private byte[][] BoundTexts(bool isOpenMetrics) =>
        [.. ScaledBounds.Append(double.PositiveInfinity).Select(bound => Encoding.ASCII.GetBytes($"le=\"{NumberText.Bound(bound, isOpenMetrics)}\""))];
}
