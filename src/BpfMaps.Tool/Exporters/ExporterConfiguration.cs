namespace BpfMaps.Tool.Exporters;

/// <summary>A configuration of ebpf_exporter 2.</summary>
/// <param name="Unsupported">What has no equivalent here, as sentences without a period.</param>
internal sealed record ExporterConfiguration(IReadOnlyList<ExporterMetric> Metrics, IReadOnlyList<string> Unsupported);
