using System.Buffers;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Meters;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Programs;
using BpfMaps.Metrics.Series;
using BpfMaps.Metrics.Text;

namespace BpfMaps;

/// <summary>
/// Exports fields of maps as metrics: as Prometheus or OpenMetrics text, and through the meter <see cref="MeterName"/>.
/// </summary>
/// <remarks>
/// <para>
/// Each collection reads each map once, in batches, for all of its metrics. Elements with the same labels form a series and are
/// added up. A series without elements is not exported. If its elements come back, its counters continue from
/// their previous values.
/// </para>
/// <para>
/// Counters and gauges are also instruments of <see cref="System.Diagnostics.Metrics"/>, for OpenTelemetry, dotnet-counters and Aspire.
/// Histograms are only in text: that API has no observable histogram.
/// </para>
/// <para>This type is thread-safe. It does not dispose maps. Reading a disposed map counts as a failed read.</para>
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

    /// <summary>Creates a registry without maps.</summary>
    public BpfMetricsRegistry()
        : this(TimeProvider.System) { }

    internal BpfMetricsRegistry(TimeProvider time)
    {
        _time = time;
        _meter = new(MeterName, _gate, time, ReadAll);
    }

    /// <summary>
    /// Gets or sets the maximum number of series per map, for maps that are added afterwards. The default is 10,000. Elements beyond it are
    /// added up in one series with the label <c>bpfmaps_overflow="true"</c>, and <c>bpfmaps_dropped_series</c> counts them. A series is
    /// kept as long as its elements are in the map.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxSeries
    {
        get => _maxSeries;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxSeries = value;
        }
    }

    /// <summary>Exports the declared metrics of a map, and metrics about the map itself.</summary>
    /// <param name="map">The map. The registry does not dispose it.</param>
    /// <param name="name">
    /// The name of the map in the label <c>map</c>; its declared name if <see langword="null"/>. With a name, all series of the map have
    /// the label. Pass different names for several maps of the same declaration. If several maps export the same metric, its series always
    /// have the label.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A map with this name was already added, or another map exports one of its metrics with another kind or unit.
    /// </exception>
    public void Add(BpfMap map, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        lock (_gate)
        {
            MapReader reader = new(map, name ?? map.DeclaredSchema.Name, _maxSeries, _time);
            if (_maps.Exists(m => m.Name == reader.Name))
                throw new ArgumentException(
                    $"A map with the name '{reader.Name}' was already added; pass another name for map {map}.",
                    nameof(name)
                );
            foreach (PlacedMetric metric in reader.Plan.Metrics)
                ThrowIfDifferent(metric.Schema, map);
            _maps.Add(reader);
            foreach (PlacedMetric metric in reader.Plan.Metrics)
                AddMetric(reader, metric, namesMap: name is not null);
        }
    }

    /// <summary>Stops exporting a map.</summary>
    /// <param name="map">The map.</param>
    /// <returns><see langword="false"/> if the map was not added.</returns>
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
    /// Exports the number of runs and the run time of a program, if the kernel collects statistics (<c>sysctl
    /// kernel.bpf_stats_enabled=1</c>, Linux 5.1).
    /// </summary>
    /// <param name="name">The name of the program in the label <c>program</c>.</param>
    /// <param name="fileDescriptor">
    /// A file descriptor of the program. It is duplicated, so the program stays loaded until the registry is disposed.
    /// </param>
    /// <exception cref="ArgumentException">A program with this name was already added, or the descriptor does not belong to a
    /// program.</exception>
    public void AddProgram(string name, int fileDescriptor)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_gate)
        {
            if (_programs.Exists(p => p.Name == name))
                throw new ArgumentException($"A program with the name '{name}' was already added; pass another name.", nameof(name));
            _programs.Add(new(name, fileDescriptor));
        }
    }

    /// <summary>Reads all maps and writes their metrics as text. Series that were written before need no allocations.</summary>
    /// <param name="writer">Receives UTF-8.</param>
    /// <param name="format">The text format.</param>
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

    /// <summary>Gets whether a meter belongs to this registry. Several meters may have the same name.</summary>
    internal bool OwnsMeter(System.Diagnostics.Metrics.Meter meter) => _meter.Owns(meter);

    /// <summary>Disposes the meter and closes the descriptors of programs. Maps stay open.</summary>
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
        if (
            _families.TryGetValue(PrometheusNames.FamilyOf(metric.Name, metric.Unit, metric.Kind), out MetricFamily? family)
            && (family.Kind != metric.Kind || family.Unit != metric.Unit)
        )
        {
            throw new ArgumentException(
                $"Map {map} exports '{metric.Name}' as a {metric.Kind} in '{metric.Unit}', but map {family.Members[0].Reader.Map} exports '{family.MetricName}' as a {family.Kind} in '{family.Unit}'; both are '{family.Name}' in Prometheus: rename one of them.",
                nameof(map)
            );
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
