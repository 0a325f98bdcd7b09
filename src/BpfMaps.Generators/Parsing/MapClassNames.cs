using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The names and accessibilities of map classes that are not generated yet.</summary>
internal static class MapClassNames
{
    /// <summary>Gets the full name of the class.</summary>
    public static string FullName(MapDeclaration declaration)
    {
        string container =
            declaration.Target.ContainingType?.FullName()
            ?? (
                declaration.Target.ContainingNamespace.IsGlobalNamespace
                    ? "global:"
                    : "global::" + declaration.Target.ContainingNamespace.DeclaredName()
            );
        string separator = container == "global:" ? ":" : ".";
        return container + separator + SymbolFacts.Escape(declaration.ClassName);
    }

    /// <summary>Gets the declared accessibility of the class.</summary>
    /// <param name="modifiers">The modifiers of the generated class; empty if the user's part has them.</param>
    public static Accessibility AccessibilityOf(MapDeclaration declaration, string modifiers)
    {
        if (modifiers.Length > 0)
            return Parse(modifiers);
        if (declaration.IsClassForm)
            return declaration.Target.DeclaredAccessibility;
        INamespaceOrTypeSymbol container =
            (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        return container.GetTypeMembers(declaration.ClassName, 0).FirstOrDefault()?.DeclaredAccessibility ?? Accessibility.Private;
    }

    /// <summary>Gets whether the user's part of the class is obsolete.</summary>
    public static bool IsObsolete(MapDeclaration declaration)
    {
        INamespaceOrTypeSymbol container =
            (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        INamedTypeSymbol? known = declaration.IsClassForm
            ? declaration.Target
            : container.GetTypeMembers(declaration.ClassName, 0).FirstOrDefault();
        return known?.GetAttributes().Any(static a => a.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute") == true;
    }

    /// <summary>Gets the map of an object that the declaration is for.</summary>
    /// <param name="modifiers">The modifiers of the generated class; empty if the user's part has them.</param>
    /// <returns><see langword="null"/> if the declaration names no object, or its class is only accessible in its container.</returns>
    public static MapClaimSpec? FindClaim(MapDeclaration declaration, string name, string modifiers)
    {
        if (declaration.Attribute.Object is not { Length: > 0 } file)
            return null;
        // The code of the object uses the class.
        ISymbol? named = declaration.IsClassForm ? declaration.Target : declaration.Target.ContainingType;
        if (UseRestrictions.Of([named]) is not { Obsolete: null, Disabled.Count: 0 })
            return null;
        Accessibility narrowest = AccessibilityOf(declaration, modifiers);
        for (INamedTypeSymbol? type = declaration.Target.ContainingType; type is not null; type = type.ContainingType)
            narrowest = (Accessibility)Math.Min((int)narrowest, (int)type.DeclaredAccessibility);
        return narrowest < Accessibility.Internal ? null : new(file, name, FullName(declaration), narrowest == Accessibility.Public);
    }

    private static Accessibility Parse(string modifiers)
    {
        foreach (
            Accessibility accessibility in new[]
            {
                Accessibility.Public,
                Accessibility.ProtectedOrInternal,
                Accessibility.ProtectedAndInternal,
                Accessibility.Internal,
                Accessibility.Protected,
            }
        )
        {
            if (modifiers.StartsWith(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetText(accessibility) + " ", StringComparison.Ordinal))
                return accessibility;
        }
        return Accessibility.Private;
    }
}
