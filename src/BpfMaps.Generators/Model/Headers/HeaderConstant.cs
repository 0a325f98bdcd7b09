namespace BpfMaps.Generators.Model;

/// <summary>A constant of an enumeration in a header.</summary>
/// <param name="Name">The C name.</param>
/// <param name="Value">The value as a C expression.</param>
/// <param name="Summary">The summary of its documentation; empty if there is none.</param>
internal sealed record HeaderConstant(string Name, string Value, string Summary);
