namespace BpfMaps.Generators.Model;

/// <summary>The <c>BpfMetricKind</c> of the runtime library.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
