namespace BpfMaps.Benchmarks;

/// <summary>A run of the benchmarks, as its JSON file contains it.</summary>
internal sealed record Run(Facts Facts, IReadOnlyList<Result> Results, IReadOnlyList<string> NotMeasured, IReadOnlyList<Growth> Growths);
