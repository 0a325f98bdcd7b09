namespace BpfMaps.Metadata;

/// <summary>The name of a function of a program, and the names of its parameters.</summary>
internal readonly record struct BtfFunction(string Name, string[] Parameters);
