using System.Text;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Programs;
using BpfMaps.Metrics.Series;

namespace BpfMaps.Metrics.Text;

/// <summary>Metrics about maps and programs themselves.</summary>
internal static class OwnMetrics
{
    /// <summary>A metric with at most one sample per map.</summary>
    /// <param name="Name">The name without the suffix of counters.</param>
    /// <param name="IsCounter">Whether it is a counter instead of a gauge.</param>
    /// <param name="Unit">The unit in words.</param>
    /// <param name="Description">The description.</param>
    /// <param name="Value">Gets the sample of a map; <see langword="null"/> for no sample.</param>
    internal sealed record OfMap(string Name, bool IsCounter, string? Unit, string Description, Func<MapReader, double?> Value)
    {
        public byte[] SampleName { get; } = Encoding.ASCII.GetBytes(IsCounter ? Name + "_total" : Name);
    }

    /// <summary>A metric with one sample per program, if the kernel collects statistics.</summary>
    /// <param name="Name">The name without the suffix of counters.</param>
    /// <param name="Unit">The unit in words.</param>
    /// <param name="Description">The description.</param>
    /// <param name="Value">Gets the sample of a program.</param>
    internal sealed record OfProgram(string Name, string? Unit, string Description, Func<ProgramStatistics, double> Value)
    {
        public byte[] SampleName { get; } = Encoding.ASCII.GetBytes(Name + "_total");
    }

    public static OfMap[] Maps { get; } =
    [
        new("bpfmaps_entries", false, null, "Elements of the map at the last read.", static m => m.Entries),
        new(
            "bpfmaps_capacity",
            false,
            null,
            "Capacity of the map in elements, or in bytes for ring buffers.",
            static m => m.Map.Raw.MaxEntries
        ),
        new(
            "bpfmaps_dropped_series",
            false,
            null,
            "Elements without a series at the last read, because the map reached MaxSeries.",
            static m => m.IsRead ? m.Dropped : null
        ),
        new(
            "bpfmaps_failed_reads",
            true,
            null,
            "Failed reads of the map. Its metrics are missing until a read succeeds.",
            static m => m.FailedReads
        ),
        new(
            "bpfmaps_read_duration_seconds",
            false,
            "seconds",
            "Duration of the last read of the map.",
            static m => m.LastDuration.TotalSeconds
        ),
        new(
            "bpfmaps_lost_records",
            true,
            null,
            "Records that the kernel could not write because the buffer was full.",
            static m => m.Map.LostRecords
        ),
    ];

    public static OfProgram[] Programs { get; } =
    [
        new("bpfmaps_program_runs", null, "Runs of the program, counted while kernel.bpf_stats_enabled is 1.", static s => s.Runs),
        new(
            "bpfmaps_program_run_seconds",
            "seconds",
            "Run time of the program, measured while kernel.bpf_stats_enabled is 1.",
            static s => s.Time.TotalSeconds
        ),
    ];

    public static void Write(
        ref PrometheusWriter writer,
        IReadOnlyList<MapReader> maps,
        IReadOnlyList<(string Name, ProgramStatistics Statistics)> programs
    )
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
