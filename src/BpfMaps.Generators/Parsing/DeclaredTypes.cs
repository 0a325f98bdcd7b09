using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The types of a declaration.</summary>
/// <param name="Key"><see langword="null"/> for map types without keys.</param>
/// <param name="Value"><see langword="null"/> for map types without declared values.</param>
/// <param name="Inner"><see langword="null"/> for map types without inner maps.</param>
internal readonly record struct DeclaredTypes(ITypeSymbol? Key, ITypeSymbol? Value, InnerMap? Inner);
