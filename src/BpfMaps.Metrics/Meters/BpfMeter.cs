using System.Diagnostics.Metrics;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Series;
using BpfMaps.Metrics.Text;

namespace BpfMaps.Metrics.Meters;

/// <summary>The instruments of <see cref="System.Diagnostics.Metrics"/>: one for each counter and gauge.</summary>
/// <remarks>
/// A collection observes instruments one after the other, without a signal for its start. So an instrument that was not observed since
/// the last read uses that read if it is
/// recent. An instrument that was already observed is the first of a new collection, and reads the maps.
/// </remarks>
internal sealed class BpfMeter : IDisposable
{
    /// <summary>Collections are seconds apart; one collection takes milliseconds.</summary>
    private static readonly TimeSpan s_recent = TimeSpan.FromSeconds(1);

    private readonly Meter _meter;
    private readonly HashSet<MetricFamily> _observed = [];
    private readonly Lock _gate;
    private readonly TimeProvider _time;
    private readonly Action _read;
    private long _lastRead;
    private bool _hasRead;

    /// <param name="name">The name of the meter.</param>
    /// <param name="gate">The lock to hold while maps are read and series are used.</param>
    /// <param name="time">Determines whether a read is recent.</param>
    /// <param name="read">Reads all maps.</param>
    public BpfMeter(string name, Lock gate, TimeProvider time, Action read)
    {
        _meter = new(name, typeof(BpfMeter).Assembly.GetName().Version?.ToString(3));
        _gate = gate;
        _time = time;
        _read = read;
    }

    public void Add(MetricFamily family)
    {
        switch (family.Kind)
        {
            case BpfMetricKind.Counter:
                _meter.CreateObservableCounter(family.MetricName, () => Observe(family), family.Unit, family.Description);
                break;
            case BpfMetricKind.Gauge:
                _meter.CreateObservableGauge(family.MetricName, () => Observe(family), family.Unit, family.Description);
                break;
            default:
                break;
        }
    }

    public bool Owns(Meter meter) => _meter == meter;

    public void Dispose() => _meter.Dispose();

    // All values are double, because scaling results in fractions, and collectors store doubles anyway.
    private List<Measurement<double>> Observe(MetricFamily family)
    {
        lock (_gate)
        {
            ReadIfNew(family);
            List<Measurement<double>> measurements = [];
            foreach (FamilyMember member in family.Members)
                Add(measurements, family, member);
            return measurements;
        }
    }

    private void ReadIfNew(MetricFamily family)
    {
        if (_hasRead && !_observed.Contains(family) && _time.GetElapsedTime(_lastRead) < s_recent)
        {
            _observed.Add(family);
            return;
        }
        _read();
        _hasRead = true;
        _lastRead = _time.GetTimestamp();
        _observed.Clear();
        _observed.Add(family);
    }

    private static void Add(List<Measurement<double>> measurements, MetricFamily family, FamilyMember member)
    {
        MapReader reader = member.Reader;
        string? map = family.NamesMap(member) ? reader.Name : null;
        for (int series = 0; series < reader.Series.Count; series++)
        {
            if (reader.IsExported(series))
                measurements.Add(
                    new(ValueOf(member, reader.Series.TotalsOf(series)), TagsOf(reader.LabelNames, reader.Series.LabelsOf(series), map))
                );
        }
        if (reader is { IsRead: true, HasOverflow: true })
            measurements.Add(new(ValueOf(member, reader.OverflowTotals), TagsOf(["bpfmaps_overflow"], ["true"], map)));
    }

    private static double ValueOf(FamilyMember member, ReadOnlySpan<ulong> totals)
    {
        ulong bits = totals[member.Metric.First];
        double scale = member.Metric.Schema.Scale;
        return member.Number.Field.Kind switch
        {
            BpfTypeKind.Float => NumberText.Scale(BitConverter.UInt64BitsToDouble(bits), scale),
            BpfTypeKind.Signed => NumberText.Scale((long)bits, scale),
            _ => NumberText.Scale(bits, scale),
        };
    }

    private static KeyValuePair<string, object?>[] TagsOf(ReadOnlySpan<string> names, ReadOnlySpan<string> values, string? map)
    {
        KeyValuePair<string, object?>[] tags = new KeyValuePair<string, object?>[names.Length + (map is null ? 0 : 1)];
        for (int i = 0; i < names.Length; i++)
            tags[i] = new(names[i], values[i]);
        if (map is not null)
            tags[^1] = new("map", map);
        return tags;
    }
}
