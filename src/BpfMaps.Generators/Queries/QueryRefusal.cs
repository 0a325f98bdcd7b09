using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Queries;

/// <summary>A part of a query that cannot be translated.</summary>
/// <param name="Descriptor">The diagnostic.</param>
/// <param name="Part">The part.</param>
/// <param name="Reason">The reason.</param>
internal sealed record QueryRefusal(DiagnosticDescriptor Descriptor, IOperation Part, string Reason);
