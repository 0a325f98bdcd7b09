using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>All declarations of a compilation, in the order of files and lines.</summary>
internal sealed record CompilationSpec(EquatableArray<MapSpec> Maps, EquatableArray<ObjectSpec> Objects);
