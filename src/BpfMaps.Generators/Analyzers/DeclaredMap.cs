using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Analyzers;

/// <param name="Object">The object file that the declaration names; <see langword="null"/> if it names none.</param>
internal sealed record DeclaredMap(INamedTypeSymbol Type, string Name, string? Object, Location Place);
