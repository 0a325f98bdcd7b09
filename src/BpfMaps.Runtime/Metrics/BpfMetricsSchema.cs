using System.ComponentModel;

namespace BpfMaps.Metadata;

/// <summary>The metrics of a map. Generated code creates it from the attributes on the fields of key and value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BpfMetricsSchema
{
    /// <summary>Describes the metrics of a map.</summary>
    /// <param name="labels">The labels of all metrics of the map, in the order of the fields of the key.</param>
    /// <param name="metrics">The metrics, in the order of the fields of the value.</param>
    /// <param name="bucket">The field of the key with the histogram bucket of an element; <see langword="null"/> if there is none.</param>
    public BpfMetricsSchema(IReadOnlyList<BpfLabelSchema> labels, IReadOnlyList<BpfMetricSchema> metrics, BpfNumberField? bucket = null) =>
        (Labels, Metrics, Bucket) = (labels, metrics, bucket);

    internal IReadOnlyList<BpfLabelSchema> Labels { get; }

    internal IReadOnlyList<BpfMetricSchema> Metrics { get; }

    internal BpfNumberField? Bucket { get; }
}
