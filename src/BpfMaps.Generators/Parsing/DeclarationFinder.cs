using BpfMaps.Generators.Model;
using BpfMaps.Generators.Shapes;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Finds the declarations of a compilation without visiting other types.</summary>
internal static class DeclarationFinder
{
    private static readonly HashSet<string> s_attributes = ["BpfMapAttribute", "BpfObjectAttribute"];

    /// <summary>Gets the types that may have <c>[BpfMap]</c> or <c>[BpfObject]</c>, each once, in the order of files and lines.</summary>
    public static IEnumerable<INamedTypeSymbol> Find(Compilation compilation, CancellationToken cancellation)
    {
        HashSet<string> globalAliases =
        [
            .. compilation.SyntaxTrees.SelectMany(tree => AttributedTypes.Of(tree, cancellation).GlobalAliases),
        ];
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            AttributedTypes file = AttributedTypes.Of(tree, cancellation);
            // Aliases of attributes are rare, so every alias counts as a possible match.
            foreach (
                AttributedType candidate in file.Types.Where(t =>
                    t.HasAttribute(name => s_attributes.Contains(name) || file.Aliases.Contains(name) || globalAliases.Contains(name))
                )
            )
            {
                if (
                    compilation.GetSemanticModel(tree).GetDeclaredSymbol(candidate.Declaration.GetSyntax(cancellation), cancellation)
                        is INamedTypeSymbol type
                    && seen.Add(type)
                )
                    yield return type;
            }
        }
    }

    /// <summary>Parses all declarations. Those with errors become skeletons if their class is known.</summary>
    public static CompilationSpec Parse(Compilation compilation, CancellationToken cancellation)
    {
        List<MapSpec> maps = [];
        List<ObjectSpec> objects = [];
        foreach (INamedTypeSymbol type in Find(compilation, cancellation))
        {
            if (
                type.FindMapAttribute() is { } map
                && (
                    MapParser.Parse(type, map, compilation, report: null, cancellation)
                    ?? SkeletonParser.Parse(type, map, compilation, cancellation)
                )
                    is { } mapSpec
            )
                maps.Add(mapSpec);
            if (
                type.FindRuntimeAttribute("BpfObjectAttribute") is { } bpfObject
                && ObjectParser.Parse(type, bpfObject, compilation, report: null, cancellation) is { } objectSpec
            )
                objects.Add(objectSpec);
        }
        return new(maps.ToEquatableArray(), objects.ToEquatableArray());
    }
}
