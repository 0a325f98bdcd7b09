namespace BpfMaps.Tool.Top;

/// <summary>All maps and programs at the time of a refresh.</summary>
internal sealed record TopSample(DateTimeOffset Time, IReadOnlyList<MapSample> Maps, IReadOnlyList<ProgramSample> Programs);
