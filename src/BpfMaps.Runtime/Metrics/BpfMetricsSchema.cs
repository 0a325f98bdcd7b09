using System.ComponentModel;

namespace BpfMaps.Metadata;

/// <summary>What a map exports as metrics: generated code makes one from the attributes on the fields of its key and value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BpfMetricsSchema
{
    /// <summary>The labels that all metrics of the map have, in the order of the key's fields.</summary>
    public IReadOnlyList<BpfLabelSchema> Labels { get; init; } = [];

    /// <summary>The metrics, in the order of the value's fields.</summary>
    public required IReadOnlyList<BpfMetricSchema> Metrics { get; init; }

    /// <summary>
    /// The field of the key that says which bucket of its histograms an element counts; <see langword="null"/> if the key says none.
    /// </summary>
    public BpfNumberField? Bucket { get; init; }
}
