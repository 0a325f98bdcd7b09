using BpfMaps.Tool.Loaded;

namespace BpfMaps.Tool.Top;

/// <summary>A program at the time of a refresh.</summary>
/// <param name="Info">Its properties.</param>
/// <param name="Owners">The processes that hold it or a link of it.</param>
/// <param name="RunsPerSecond">How often it ran; <see langword="null"/> before the second refresh, or without statistics.</param>
/// <param name="AverageNanoseconds">The average time of a run; <see langword="null"/> if it did not run.</param>
/// <param name="CpuShare">The share of the time of one CPU, 1 for a whole one.</param>
internal sealed record ProgramSample(
    BpfProgramInfo Info,
    IReadOnlyList<Owner> Owners,
    double? RunsPerSecond,
    double? AverageNanoseconds,
    double? CpuShare
);
