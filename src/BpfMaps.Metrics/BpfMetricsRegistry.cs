using System.Buffers;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Meters;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Programs;
using BpfMaps.Metrics.Series;
using BpfMaps.Metrics.Text;

namespace BpfMaps;

/// <summary>
/// The maps whose fields are exported as metrics: as Prometheus or OpenMetrics text, and through the meter <see cref="MeterName"/>.
/// </summary>
/// <remarks>
/// <para>
/// Each collection reads each map once, in batches, for all of its metrics. Elements become series by their labels; elements with the
/// same labels are added up. A series whose elements are gone is not exported until they come back, and its counters then continue from
/// where they were.
/// </para>
/// <para>
/// Counters and gauges are also instruments of <see cref="System.Diagnostics.Metrics"/>, for OpenTelemetry, dotnet-counters and Aspire.
/// Histograms are only in text: that API has no observable histogram.
/// </para>
/// <para>May be used from any thread. The maps stay the caller's; one that is disposed counts as a failed read.</para>
/// </remarks>
public sealed class BpfMetricsRegistry : IDisposable
{
    /// <summary>The name of the meter: <c>AddMeter(BpfMetricsRegistry.MeterName)</c> in OpenTelemetry.</summary>
    public const string MeterName = "BpfMaps";

    private const int DefaultMaxSeries = 10_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly BpfMeter _meter;
    private readonly List<MapReader> _maps = [];
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly List<ExportedProgram> _programs = [];
    private int _maxSeries = DefaultMaxSeries;

    /// <summary>Makes a registry without maps.</summary>
    public BpfMetricsRegistry()
        : this(TimeProvider.System)
    {
    }

    internal BpfMetricsRegistry(TimeProvider time)
    {
        _time = time;
        _meter = new(_gate, time, ReadAll);
    }

    /// <summary>
    /// How many series a map has at most; for maps that are added afterwards. Default 10,000. The elements of all other keys are added up
    /// to one series with the label <c>bpfmaps_overflow="true"</c>, and <c>bpfmaps_dropped_series</c> counts them. A series keeps its
    /// place while its elements are in the map.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxSeries
    {
        get => _maxSeries;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxSeries = value;
        }
    }

    /// <summary>Exports the metrics that a map declares, and those about the map itself.</summary>
    /// <param name="map">The map; it stays the caller's.</param>
    /// <param name="name">
    /// The map's name in the label <c>map</c>; its declared name if not given. With a name, all series of the map have the label. Give
    /// one to each of several maps of one declaration. If several maps export one metric, its series have the label in any case.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A map of this name was added, or another map exports one of its metrics as another kind or in another unit.
    /// </exception>
    public void Add(BpfMap map, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        lock (_gate)
        {
            MapReader reader = new(map, name ?? map.DeclaredSchema.Name, _maxSeries, _time);
            if (_maps.Exists(m => m.Name == reader.Name))
                throw new ArgumentException($"A map with the name '{reader.Name}' was added already; pass another name for map {map}.", nameof(name));
            foreach (PlacedMetric metric in reader.Plan.Metrics)
                ThrowIfDifferent(metric.Schema, map);
            _maps.Add(reader);
            foreach (PlacedMetric metric in reader.Plan.Metrics)
                AddMetric(reader, metric, namesMap: name is not null);
        }
    }

    /// <summary>Stops exporting a map.</summary>
    /// <param name="map">The map.</param>
    /// <returns><see langword="false"/> if it was not added.</returns>
    public bool Remove(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        lock (_gate)
        {
            if (_maps.Find(m => m.Map == map) is not { } reader)
                return false;
            _maps.Remove(reader);
            foreach (MetricFamily empty in _families.Values.Where(f => f.Remove(reader)).ToArray())
                _families.Remove(empty.Name);
            return true;
        }
    }

    /// <summary>
    /// Exports how often a program ran and for how long, while the kernel keeps statistics (<c>sysctl kernel.bpf_stats_enabled=1</c>,
    /// Linux 5.1).
    /// </summary>
    /// <param name="name">The program's name in the label <c>program</c>.</param>
    /// <param name="fileDescriptor">
    /// A descriptor of the program, which is duplicated: the program stays loaded until the registry is disposed.
    /// </param>
    /// <exception cref="ArgumentException">A program of this name was added, or the descriptor is not that of a program.</exception>
    public void AddProgram(string name, int fileDescriptor)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_gate)
        {
            if (_programs.Exists(p => p.Name == name))
                throw new ArgumentException($"A program with the name '{name}' was added already; pass another name.", nameof(name));
            _programs.Add(new(name, fileDescriptor));
        }
    }

    /// <summary>Reads all maps and writes their metrics as text. Nothing is allocated for series that were written before.</summary>
    /// <param name="writer">Receives UTF-8.</param>
    /// <param name="format">Which text; they differ in details.</param>
    public void WritePrometheus(IBufferWriter<byte> writer, BpfMetricsFormat format = BpfMetricsFormat.Prometheus)
    {
        ArgumentNullException.ThrowIfNull(writer);
        lock (_gate)
        {
            ReadAll();
            PrometheusWriter text = new(writer, format);
            foreach (MetricFamily family in _families.Values)
                text.WriteFamily(family);
            OwnMetrics.Write(ref text, _maps, ReadPrograms());
            text.Finish();
        }
    }

    /// <summary>Whether a meter is this registry's; several may have one name.</summary>
    internal bool OwnsMeter(System.Diagnostics.Metrics.Meter meter) => _meter.Owns(meter);

    /// <summary>Ends the meter, and closes the descriptors of programs. The maps stay open.</summary>
    public void Dispose()
    {
        _meter.Dispose();
        lock (_gate)
        {
            foreach (ExportedProgram program in _programs)
                program.Dispose();
            _programs.Clear();
        }
    }

    private void ReadAll()
    {
        foreach (MapReader map in _maps)
            map.Read();
    }

    private List<(string Name, ProgramStatistics Statistics)> ReadPrograms()
    {
        List<(string, ProgramStatistics)> read = new(_programs.Count);
        foreach (ExportedProgram program in _programs)
        {
            if (program.Read() is { } statistics)
                read.Add((program.Name, statistics));
        }
        return read;
    }

    private void ThrowIfDifferent(BpfMetricSchema metric, BpfMap map)
    {
        if (_families.TryGetValue(PrometheusNames.FamilyOf(metric.Name, metric.Unit, metric.Kind), out MetricFamily? family) && (family.Kind != metric.Kind || family.Unit != metric.Unit))
        {
            throw new ArgumentException(
                $"Map {map} exports '{metric.Name}' as a {metric.Kind} in '{metric.Unit}', but map {family.Members[0].Reader.Map} exports '{family.MetricName}' as a {family.Kind} in '{family.Unit}': both are '{family.Name}' in Prometheus, so rename one.",
                nameof(map));
        }
    }

    private void AddMetric(MapReader reader, PlacedMetric metric, bool namesMap)
    {
        BpfMetricSchema schema = metric.Schema;
        string name = PrometheusNames.FamilyOf(schema.Name, schema.Unit, schema.Kind);
        if (!_families.TryGetValue(name, out MetricFamily? family))
        {
            family = new(name, schema, reader.Name);
            _families.Add(name, family);
            _meter.Add(family);
        }
        family.Add(new(reader, metric, namesMap));
    }
}
