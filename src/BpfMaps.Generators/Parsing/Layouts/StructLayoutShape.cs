namespace BpfMaps.Generators.Parsing;

/// <summary>The properties of a <c>[StructLayout]</c> that affect offsets.</summary>
internal readonly record struct StructLayoutShape(bool IsExplicit, int Pack, int Size);
