using BpfMaps.Generators.Model;

namespace BpfMaps.Generators.Parsing;

/// <summary>A field without its final offset.</summary>
internal readonly record struct UnplacedField(string Name, TypeLayout Type, int Count, int? Offset);
