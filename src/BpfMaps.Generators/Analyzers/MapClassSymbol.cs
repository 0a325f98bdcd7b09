using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Analyzers;

/// <summary>The base class of a map class, and the map type that it stands for.</summary>
/// <param name="Base">The base class with its type arguments.</param>
internal sealed record MapClassSymbol(INamedTypeSymbol Base, MapTypeFacts Kind)
{
    private static readonly Dictionary<string, MapTypeFacts> s_kinds = Enum.GetValues(typeof(BpfMapType))
        .Cast<BpfMapType>()
        .Select(MapTypeFacts.Find)
        .Where(static k => k?.Class is not null)
        .GroupBy(static k => k!.Class!)
        .ToDictionary(static g => g.Key, static g => g.First()!);

    public static MapClassSymbol? Find(ITypeSymbol? type)
    {
        for (INamedTypeSymbol? ancestor = type as INamedTypeSymbol; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (
                s_kinds.TryGetValue(ancestor.Name, out MapTypeFacts? kind)
                && ancestor.ContainingNamespace is { Name: SymbolFacts.RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true }
            )
            {
                return new(ancestor, kind);
            }
        }
        return null;
    }
}
