using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Parsing;

/// <summary>Finds <c>[Obsolete]</c> and <c>[Experimental]</c> on types and members that generated code uses.</summary>
internal static class UseRestrictions
{
    /// <summary>Collects the restrictions on symbols that a generated file uses.</summary>
    public static NamedTypesSpec Of(IEnumerable<ISymbol?> named)
    {
        SortedSet<string> ids = new(StringComparer.Ordinal);
        string? obsolete = null;
        foreach (ISymbol symbol in named.OfType<ISymbol>())
        {
            foreach (ISymbol part in PartsOf(symbol))
            {
                if (IsObsoleteError(part))
                    obsolete ??= part.MessageName();
                ids.UnionWith(IdsOf(part));
            }
        }
        return new(ids.ToEquatableArray(), obsolete);
    }

    /// <summary>Gets whether using the symbol is an error or has a custom diagnostic id.</summary>
    public static bool IsRestricted(ISymbol symbol) => IsObsoleteError(symbol) || IdsOf(symbol).Any();

    /// <summary>Gets whether using the symbol is an error, which cannot be disabled.</summary>
    private static bool IsObsoleteError(ISymbol symbol) =>
        Attribute(symbol, "System.ObsoleteAttribute") is { ConstructorArguments: { Length: 2 } arguments } && arguments[1].Value is true;

    /// <summary>Gets the custom ids of diagnostics for using the symbol.</summary>
    private static IEnumerable<string> IdsOf(ISymbol symbol)
    {
        string?[] ids =
        [
            Attribute(symbol, "System.ObsoleteAttribute")?.NamedArguments.FirstOrDefault(static a => a.Key == "DiagnosticId").Value.Value
                as string,
            Attribute(symbol, "System.Diagnostics.CodeAnalysis.ExperimentalAttribute")?.ConstructorArguments.FirstOrDefault().Value
                as string,
        ];
        return ids.OfType<string>().Where(SyntaxFacts.IsValidIdentifier);
    }

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == name);

    /// <summary>Gets the symbol, its containers and the type arguments in its name.</summary>
    private static IEnumerable<ISymbol> PartsOf(ISymbol symbol)
    {
        for (ISymbol? part = symbol; part is not null and not INamespaceSymbol; part = part.ContainingType)
        {
            yield return part.OriginalDefinition;
            foreach (ITypeSymbol argument in (part as INamedTypeSymbol)?.TypeArguments ?? [])
            {
                foreach (ISymbol inner in PartsOf(argument))
                    yield return inner;
            }
        }
        if (symbol.ContainingModule is { } module)
            yield return module;
        if (symbol.ContainingAssembly is { } assembly)
            yield return assembly;
    }
}
