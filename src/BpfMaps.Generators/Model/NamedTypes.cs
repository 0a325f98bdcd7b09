using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>What the types that a generated file names have against being named.</summary>
/// <param name="Disabled">Ids of the compiler's diagnostics to disable in the file.</param>
/// <param name="Obsolete">A type that only obsolete code may name; <see langword="null"/> if there is none.</param>
internal readonly record struct NamedTypes(EquatableArray<string> Disabled, string? Obsolete);
