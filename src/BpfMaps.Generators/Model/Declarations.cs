using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>All that a compilation declares without an error, in the order of files and lines.</summary>
internal sealed record Declarations(EquatableArray<MapSpec> Maps, EquatableArray<ObjectSpec> Objects);
