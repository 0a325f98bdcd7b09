using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The value of a map, which may contain the sum of a histogram.</summary>
internal readonly record struct MetricValue(ITypeSymbol Type, TypeLayout Layout);
