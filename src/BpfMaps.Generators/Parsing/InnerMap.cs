using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The declaration of the inner maps of a map of maps.</summary>
/// <param name="Declaration">The struct or class with <c>[BpfMap]</c>.</param>
/// <param name="ClassName">The full name of the map class.</param>
/// <param name="Accessibility">The declared accessibility of the map class.</param>
/// <param name="Obsolete">The type that makes the map class obsolete; <see langword="null"/> if it is not obsolete.</param>
internal sealed record InnerMap(INamedTypeSymbol Declaration, string ClassName, Accessibility Accessibility, string? Obsolete);
