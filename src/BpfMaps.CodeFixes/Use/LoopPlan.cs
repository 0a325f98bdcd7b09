using BpfMaps.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Use;

/// <summary>What becomes of a node of a loop over keys, when the loop is over entries instead.</summary>
internal enum LookupRole
{
    /// <summary><c>map[key]</c>: the value.</summary>
    Value,

    /// <summary><c>map.TryGetValue(key, out var value);</c>, or <c>if (!...) continue;</c>: nothing.</summary>
    Remove,

    /// <summary><c>if (map.TryGetValue(key, out var value)) ...</c>: what it guards.</summary>
    Unwrap,

    /// <summary><c>map.TryGetValue(key, out var value) &amp;&amp; more</c> in a condition: <c>more</c> alone.</summary>
    Shorten,
}

/// <summary>How a loop over a map's keys becomes one over the map.</summary>
/// <param name="Lookups">The lookups of the loop's key.</param>
/// <param name="Roles">The nodes of the loop that change: the lookups, or statements around them.</param>
/// <param name="ValueName">What the loop calls the value; <c>_</c> if nobody wants it.</param>
internal sealed record LoopPlan(ExpressionSyntax Map, string ValueName, IReadOnlyList<ExpressionSyntax> Lookups, IReadOnlyDictionary<SyntaxNode, LookupRole> Roles)
{
    /// <returns><see langword="null"/> where the loop does more with the map than to look up its keys, or more with a value than to read it.</returns>
    public static LoopPlan? For(ForEachStatementSyntax loop, SemanticModel model, CancellationToken cancellation)
    {
        if (loop.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Keys", Expression: var map }
            || model.GetSymbolInfo(map, cancellation).Symbol is not { } mapSymbol
            || model.GetDeclaredSymbol(loop, cancellation) is not { } key
            || !model.GetForEachStatementInfo(loop).ElementConversion.IsIdentity
            || !YieldsEntries(map, model, cancellation, out bool isRefStruct)
            || (isRefStruct && loop.Statement.DescendantNodesAndSelf().Any(static n => n is AwaitExpressionSyntax or YieldStatementSyntax)))
        {
            return null;
        }
        Lookups lookups = new(model, key, cancellation);
        foreach (IdentifierNameSyntax name in loop.Statement.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == mapSymbol.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, mapSymbol) && !lookups.Add(name, loop))
                return null;
        }
        if (lookups.ValueName(loop) is not { } value)
            return null;
        return new(map, value, lookups.Found, lookups.Roles);
    }

    private static bool YieldsEntries(ExpressionSyntax map, SemanticModel model, CancellationToken cancellation, out bool isRefStruct)
    {
        isRefStruct = false;
        if (model.GetTypeInfo(map, cancellation).Type is not { } type || MapClass.Find(type) is null)
            return false;
        ITypeSymbol? enumerator = model.LookupSymbols(map.SpanStart, type, "GetEnumerator").OfType<IMethodSymbol>().FirstOrDefault(static m => m.Parameters.IsEmpty)?.ReturnType;
        if (enumerator is null)
            return false;
        isRefStruct = enumerator.IsRefLikeType;
        return model.LookupSymbols(map.SpanStart, enumerator, "Current").OfType<IPropertySymbol>().Any(static p => p.Type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.KeyValuePair<TKey, TValue>");
    }
}
