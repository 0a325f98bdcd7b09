using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Questions about symbols that Roslyn has no ready answer for.</summary>
internal static class SymbolFacts
{
    public const string RuntimeNamespace = "BpfMaps";
    public const string MapAttribute = RuntimeNamespace + ".BpfMapAttribute";
    public const string AggregateAttribute = "BpfAggregateAttribute";

    private static readonly SymbolDisplayFormat s_message = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private static readonly SymbolDisplayFormat s_namespace = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>The name that generated code uses: <c>global::</c>-qualified, keywords escaped.</summary>
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The name that messages use.</summary>
    public static string MessageName(this ISymbol symbol) => symbol.ToDisplayString(s_message);

    /// <summary>A namespace as a declaration writes it; empty for the global one.</summary>
    public static string DeclaredName(this INamespaceSymbol space) => space.IsGlobalNamespace ? "" : space.ToDisplayString(s_namespace);

    /// <summary>The name of the metadata, with <c>+</c> before nested types.</summary>
    public static string MetadataFullName(this INamedTypeSymbol type)
    {
        if (type.ContainingType is { } container)
            return container.MetadataFullName() + "+" + type.MetadataName;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.MetadataName : type.MetadataName;
    }

    /// <summary>An identifier as code must write it.</summary>
    public static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
        || Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetContextualKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
            ? "@" + name
            : name;

    public static bool IsInSystem(this ITypeSymbol type, string name) =>
        type.Name == name && type is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether the type is the framework's: its reference assemblies do not show the fields as they are.</summary>
    public static bool IsFrameworkType(this ITypeSymbol type)
    {
        // A tuple has the place where it is written; its definition is the framework's all the same.
        if (type.ContainingAssembly is not { } assembly || type.OriginalDefinition.Locations.Any(static l => l.IsInSource))
            return false;
        return assembly.Name is "System" or "mscorlib" or "netstandard" || assembly.Name.StartsWith("System.", StringComparison.Ordinal);
    }

    /// <summary>Whether the type is one that the runtime offers (and not one that a user calls so).</summary>
    public static bool IsRuntimeType(this ITypeSymbol type, IAssemblySymbol runtime) =>
        type is { ContainingType: null, ContainingNamespace: { Name: RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true } }
        && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, runtime);

    /// <summary>The first of the types that a type's name names, itself among them, for which something holds.</summary>
    public static ITypeSymbol? FindInName(ITypeSymbol type, Func<ITypeSymbol, bool> holds)
    {
        if (holds(type))
            return type;
        for (INamedTypeSymbol? part = type as INamedTypeSymbol; part is not null; part = part.ContainingType)
        {
            if (holds(part))
                return part;
            foreach (ITypeSymbol argument in part.TypeArguments)
            {
                if (FindInName(argument, holds) is { } found)
                    return found;
            }
        }
        return null;
    }

    public static AttributeData? FindMapAttribute(this ISymbol symbol) => symbol.FindRuntimeAttribute("BpfMapAttribute");

    public static AttributeData? FindRuntimeAttribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is
        {
            ContainingType: null,
            ContainingNamespace: { Name: RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true },
        } type && type.Name == name);
}
