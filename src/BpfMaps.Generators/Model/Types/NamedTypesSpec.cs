using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The restrictions on the use of the types that a generated file names.</summary>
/// <param name="Disabled">Ids of compiler diagnostics to disable in the file.</param>
/// <param name="Obsolete">A type that only obsolete code may use; <see langword="null"/> if all code may use the types.</param>
internal readonly record struct NamedTypesSpec(EquatableArray<string> Disabled, string? Obsolete);
