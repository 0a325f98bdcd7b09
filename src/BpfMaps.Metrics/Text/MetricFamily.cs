using System.Text;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Series;

namespace BpfMaps.Metrics.Text;

/// <summary>The metrics with the same Prometheus name, of one or several maps.</summary>
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
        UnitWord =
            PrometheusNames.UnitOf(metric.Unit, metric.Kind) is { } word && name.EndsWith(word, StringComparison.Ordinal) ? word : null;
        NameBytes = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>The name in text, without suffixes of samples.</summary>
    public string Name { get; }

    public byte[] NameBytes { get; }

    public BpfMetricKind Kind { get; }

    /// <summary>The declared name.</summary>
    public string MetricName { get; }

    /// <summary>The declared unit.</summary>
    public string? Unit { get; }

    /// <summary>The unit in words, if the name ends with it.</summary>
    public string? UnitWord { get; }

    public string Description { get; }

    public IReadOnlyList<FamilyMember> Members => _members;

    public void Add(FamilyMember member) => _members.Add(member);

    public bool Remove(MapReader reader)
    {
        _members.RemoveAll(m => m.Reader == reader);
        return _members.Count == 0;
    }

    /// <summary>Gets whether series of a member need the label <c>map</c>, because other maps may have the same labels.</summary>
    public bool NamesMap(FamilyMember member) => member.NamesMap || _members.Count > 1;
}
