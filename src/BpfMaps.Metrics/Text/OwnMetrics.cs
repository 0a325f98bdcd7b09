using System.Text;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Programs;
using BpfMaps.Metrics.Series;

namespace BpfMaps.Metrics.Text;

/// <summary>The metrics about the maps and programs themselves.</summary>
internal static class OwnMetrics
{
    /// <summary>A metric of which each map has one sample, or none.</summary>
    /// <param name="Name">Without the suffix of counters.</param>
    /// <param name="IsCounter">Whether it is a counter; else it is a gauge.</param>
    /// <param name="Unit">The unit in words.</param>
    /// <param name="Description">What it is.</param>
    /// <param name="Value">The sample of a map; <see langword="null"/> if it has none.</param>
    internal sealed record OfMap(string Name, bool IsCounter, string? Unit, string Description, Func<MapReader, double?> Value)
    {
        public byte[] SampleName { get; } = Encoding.ASCII.GetBytes(IsCounter ? Name + "_total" : Name);
    }

    /// <summary>A metric of which each program has one sample while the kernel keeps statistics.</summary>
    /// <param name="Name">Without the suffix of counters, which all of them are.</param>
    /// <param name="Unit">The unit in words.</param>
    /// <param name="Description">What it is.</param>
    /// <param name="Value">The sample of a program.</param>
    internal sealed record OfProgram(string Name, string? Unit, string Description, Func<ProgramStatistics, double> Value)
    {
        public byte[] SampleName { get; } = Encoding.ASCII.GetBytes(Name + "_total");
    }

    public static OfMap[] Maps { get; } =
    [
        new("bpfmaps_entries", false, null, "Elements of the map at the last read.", static m => m.Entries),
        new("bpfmaps_capacity", false, null, "Elements that the map has room for; bytes for rings.", static m => m.Map.Raw.MaxEntries),
        new("bpfmaps_dropped_series", false, null, "Elements of the last read that have no series of their own because the map has MaxSeries series.", static m => m.IsRead ? m.Dropped : null),
        new("bpfmaps_failed_reads", true, null, "Reads of the map that failed; after one, its metrics are missing until the next succeeds.", static m => m.FailedReads),
        new("bpfmaps_read_duration_seconds", false, "seconds", "How long the last read of the map took.", static m => m.LastDuration.TotalSeconds),
        new("bpfmaps_lost_records", true, null, "Records that the kernel could not write because the buffer was full.", static m => m.Map.LostRecords),
    ];

    public static OfProgram[] Programs { get; } =
    [
        new("bpfmaps_program_runs", null, "How often the program ran; the kernel counts while kernel.bpf_stats_enabled is 1.", static s => s.Runs),
        new("bpfmaps_program_run_seconds", "seconds", "How long the program ran; the kernel measures while kernel.bpf_stats_enabled is 1.", static s => s.Time.TotalSeconds),
    ];

    public static void Write(ref PrometheusWriter writer, IReadOnlyList<MapReader> maps, IReadOnlyList<(string Name, ProgramStatistics Statistics)> programs)
    {
        foreach (OfMap metric in Maps)
        {
            bool isFirst = true;
            foreach (MapReader map in maps)
            {
                if (metric.Value(map) is not { } value)
                    continue;
                if (isFirst)
                    writer.WriteHeader(metric.Name, metric.IsCounter ? "counter"u8 : "gauge"u8, metric.Unit, metric.Description);
                isFirst = false;
                writer.WriteSample(metric.SampleName, map.OwnLabel, value);
            }
        }
        if (programs.Count == 0)
            return;
        foreach (OfProgram metric in Programs)
        {
            writer.WriteHeader(metric.Name, "counter"u8, metric.Unit, metric.Description);
            foreach ((string name, ProgramStatistics statistics) in programs)
                writer.WriteSample(metric.SampleName, LabelText.Write(["program"], [name]), metric.Value(statistics));
        }
    }
}
