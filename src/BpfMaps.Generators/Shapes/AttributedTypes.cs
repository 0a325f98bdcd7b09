using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Shapes;

/// <summary>The types with attributes of a file, and the aliases that it defines. Each file is read once.</summary>
/// <param name="Types">The types, in order.</param>
/// <param name="Aliases">The names of <c>using X = ...;</c>.</param>
/// <param name="GlobalAliases">The names of <c>global using X = ...;</c>, which apply to all files.</param>
internal sealed record AttributedTypes(
    ImmutableArray<AttributedType> Types,
    ImmutableArray<string> Aliases,
    ImmutableArray<string> GlobalAliases
)
{
    private static readonly ConditionalWeakTable<SyntaxTree, AttributedTypes> s_known = new();

    public static AttributedTypes Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (s_known.TryGetValue(tree, out AttributedTypes? known))
            return known;
        AttributedTypes found = Read(tree.GetRoot(cancellation));
        return s_known.GetValue(tree, _ => found);
    }

    private static AttributedTypes Read(SyntaxNode root)
    {
        ImmutableArray<AttributedType>.Builder types = ImmutableArray.CreateBuilder<AttributedType>();
        ImmutableArray<string>.Builder aliases = ImmutableArray.CreateBuilder<string>(),
            globalAliases = ImmutableArray.CreateBuilder<string>();
        foreach (
            SyntaxNode node in root.DescendantNodes(static n =>
                n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax
            )
        )
        {
            if (node is TypeDeclarationSyntax { AttributeLists.Count: > 0 } type)
                types.Add(AttributedType.Of(type));
            else if (node is UsingDirectiveSyntax { Alias.Name.Identifier.ValueText: var name } directive)
                (directive.GlobalKeyword.IsKind(SyntaxKind.None) ? aliases : globalAliases).Add(name);
        }
        return new(types.ToImmutable(), aliases.ToImmutable(), globalAliases.ToImmutable());
    }
}
