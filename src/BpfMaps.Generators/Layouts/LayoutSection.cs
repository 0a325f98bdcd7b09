using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Layouts;

/// <summary>A section of variables.</summary>
internal sealed record LayoutSection(string Name, int Size, BpfMapFlags Flags, EquatableArray<LayoutVariable> Variables);
