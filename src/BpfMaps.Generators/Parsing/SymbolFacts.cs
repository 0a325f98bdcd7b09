using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Extension methods for symbols.</summary>
internal static class SymbolFacts
{
    public const string RuntimeNamespace = "BpfMaps";
    public const string MapAttribute = RuntimeNamespace + ".BpfMapAttribute";
    public const string AggregateAttribute = "BpfAggregateAttribute";

    private static readonly SymbolDisplayFormat s_message = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    private static readonly SymbolDisplayFormat s_namespace = SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(
        SymbolDisplayGlobalNamespaceStyle.Omitted
    );

    /// <summary>Gets the name for generated code: qualified with <c>global::</c>, with escaped keywords.</summary>
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Gets the name for messages.</summary>
    public static string MessageName(this ISymbol symbol) => symbol.ToDisplayString(s_message);

    /// <summary>Gets the name of a namespace in a declaration; empty for the global one.</summary>
    public static string DeclaredName(this INamespaceSymbol space) => space.IsGlobalNamespace ? "" : space.ToDisplayString(s_namespace);

    /// <summary>Gets the metadata name, with <c>+</c> before nested types.</summary>
    public static string MetadataFullName(this INamedTypeSymbol type)
    {
        if (type.ContainingType is { } container)
            return container.MetadataFullName() + "+" + type.MetadataName;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? space.ToDisplayString() + "." + type.MetadataName
            : type.MetadataName;
    }

    /// <summary>Escapes an identifier if it is a keyword.</summary>
    public static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
        || Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetContextualKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
            ? "@" + name
            : name;

    public static bool IsInSystem(this ITypeSymbol type, string name) =>
        type.Name == name
        && type is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Gets whether the type belongs to the framework, whose reference assemblies do not contain the actual fields.</summary>
    public static bool IsFrameworkType(this ITypeSymbol type)
    {
        // The location of a tuple is in source, but its definition belongs to the framework.
        if (type.ContainingAssembly is not { } assembly || type.OriginalDefinition.Locations.Any(static l => l.IsInSource))
            return false;
        return assembly.Name is "System" or "mscorlib" or "netstandard" || assembly.Name.StartsWith("System.", StringComparison.Ordinal);
    }

    /// <summary>Gets whether the type belongs to the runtime library, and is not a user's type with the same name.</summary>
    public static bool IsRuntimeType(this ITypeSymbol type, IAssemblySymbol runtime) =>
        type.IsInRuntimeNamespace() && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, runtime);

    /// <summary>Gets whether the type is in the namespace of the runtime library, whatever its assembly.</summary>
    public static bool IsInRuntimeNamespace(this ITypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Finds the first type with a property among a type, its containing types and its type arguments.</summary>
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
        symbol
            .GetAttributes()
            .FirstOrDefault(a =>
                a.AttributeClass
                    is {
                        ContainingType: null,
                        ContainingNamespace: { Name: RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true },
                    } type
                && type.Name == name
            );
}
