namespace BpfMaps.Metadata;

/// <summary>The kind of a metric.</summary>
internal enum BpfMetricKind
{
    /// <summary>A number that only grows.</summary>
    Counter,

    /// <summary>A number that goes up and down.</summary>
    Gauge,

    /// <summary>Counts by bucket.</summary>
    Histogram,
}
