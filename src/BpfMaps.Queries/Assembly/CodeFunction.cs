namespace BpfMaps.Queries.Assembly;

/// <summary>A function in the code.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">The index of its first instruction.</param>
/// <param name="Parameters">The names of its parameters.</param>
internal sealed record CodeFunction(string Name, int Start, string[] Parameters);
