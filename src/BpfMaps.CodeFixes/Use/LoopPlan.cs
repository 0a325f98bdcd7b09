using BpfMaps.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Use;

/// <summary>The plan for rewriting a loop over keys to a loop over the map.</summary>
/// <param name="Lookups">The lookups of the key.</param>
/// <param name="Roles">The nodes to replace: lookups, or statements that contain them.</param>
/// <param name="ValueName">The name of the value; <c>_</c> if it is not used.</param>
internal sealed record LoopPlan(
    ExpressionSyntax Map,
    string ValueName,
    IReadOnlyList<ExpressionSyntax> Lookups,
    IReadOnlyDictionary<SyntaxNode, LookupRole> Roles
)
{
    /// <returns><see langword="null"/> if the loop uses the map other than for lookups, or changes a value.</returns>
    public static LoopPlan? For(ForEachStatementSyntax loop, SemanticModel model, CancellationToken cancellation)
    {
        if (
            loop.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Keys", Expression: var map }
            || model.GetSymbolInfo(map, cancellation).Symbol is not { } mapSymbol
            || model.GetDeclaredSymbol(loop, cancellation) is not { } key
            || !model.GetForEachStatementInfo(loop).ElementConversion.IsIdentity
            || !YieldsEntries(map, model, cancellation, out bool isRefStruct)
            || (isRefStruct && loop.Statement.DescendantNodesAndSelf().Any(static n => n is AwaitExpressionSyntax or YieldStatementSyntax))
        )
        {
            return null;
        }
        Lookups lookups = new(model, key, cancellation);
        foreach (IdentifierNameSyntax name in loop.Statement.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (
                name.Identifier.ValueText == mapSymbol.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, mapSymbol)
                && !lookups.Add(name, loop)
            )
                return null;
        }
        if (lookups.ValueName(loop) is not { } value)
            return null;
        return new(map, value, lookups.Found, lookups.Roles);
    }

    private static bool YieldsEntries(ExpressionSyntax map, SemanticModel model, CancellationToken cancellation, out bool isRefStruct)
    {
        isRefStruct = false;
        if (model.GetTypeInfo(map, cancellation).Type is not { } type || MapClassSymbol.Find(type) is null)
            return false;
        ITypeSymbol? enumerator = model
            .LookupSymbols(map.SpanStart, type, "GetEnumerator")
            .OfType<IMethodSymbol>()
            .FirstOrDefault(static m => m.Parameters.IsEmpty)
            ?.ReturnType;
        if (enumerator is null)
            return false;
        isRefStruct = enumerator.IsRefLikeType;
        return model
            .LookupSymbols(map.SpanStart, enumerator, "Current")
            .OfType<IPropertySymbol>()
            .Any(static p => p.Type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.KeyValuePair<TKey, TValue>");
    }
}
