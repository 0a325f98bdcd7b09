namespace BpfMaps.Benchmarks;

/// <summary>The results of a run.</summary>
internal sealed record Findings(IReadOnlyList<Result> Results, IReadOnlyList<Growth> Growths);
