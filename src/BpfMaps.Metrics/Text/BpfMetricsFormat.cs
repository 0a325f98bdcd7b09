namespace BpfMaps;

/// <summary>Text formats of metrics.</summary>
public enum BpfMetricsFormat
{
    /// <summary>Prometheus text, version 0.0.4 (<c>text/plain; version=0.0.4; charset=utf-8</c>).</summary>
    Prometheus = 0,

    /// <summary>OpenMetrics text, version 1.0.0 (<c>application/openmetrics-text; version=1.0.0; charset=utf-8</c>).</summary>
    OpenMetrics = 1,
}
