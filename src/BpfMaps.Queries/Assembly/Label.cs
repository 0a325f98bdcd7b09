namespace BpfMaps.Queries.Assembly;

/// <summary>A place in the code, which jumps may name before it is known.</summary>
internal readonly record struct Label(int Id);
