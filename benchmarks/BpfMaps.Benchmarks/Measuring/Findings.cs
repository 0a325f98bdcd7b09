namespace BpfMaps.Benchmarks;

/// <summary>What came out of a run.</summary>
internal sealed record Findings(IReadOnlyList<Result> Results, IReadOnlyList<Growth> Growths);
