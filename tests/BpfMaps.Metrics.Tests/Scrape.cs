using System.Buffers;
using System.Text;

namespace BpfMaps.Tests;

/// <summary>Reads a registry as those who collect it do.</summary>
internal static class Scrape
{
    public static string Text(this BpfMetricsRegistry metrics, BpfMetricsFormat format = BpfMetricsFormat.Prometheus)
    {
        ArrayBufferWriter<byte> writer = new();
        metrics.WritePrometheus(writer, format);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    /// <summary>The samples whose names start with a text, without those about maps.</summary>
    public static string[] Samples(this BpfMetricsRegistry metrics, string start = "") =>
        [
            .. metrics
                .Text()
                .Split('\n')
                .Where(line =>
                    line.Length > 0
                    && !line.StartsWith('#')
                    && line.StartsWith(start, StringComparison.Ordinal)
                    && (start.Length > 0 || !line.StartsWith("bpfmaps_", StringComparison.Ordinal))
                ),
        ];
}
