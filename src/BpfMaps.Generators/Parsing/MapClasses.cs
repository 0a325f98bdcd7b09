using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The classes that declarations become, which are not there yet when others have to name them.</summary>
internal static class MapClasses
{
    /// <summary>The full name of the class.</summary>
    public static string FullName(MapDeclaration declaration)
    {
        string container = declaration.Target.ContainingType?.FullName()
            ?? (declaration.Target.ContainingNamespace.IsGlobalNamespace ? "global:" : "global::" + declaration.Target.ContainingNamespace.DeclaredName());
        string separator = container == "global:" ? ":" : ".";
        return container + separator + SymbolFacts.Escape(declaration.ClassName);
    }

    /// <summary>How visible the class is where it stands.</summary>
    /// <param name="modifiers">What stands before the generated class; empty where the user's own part says it.</param>
    public static Accessibility AccessibilityOf(MapDeclaration declaration, string modifiers)
    {
        if (modifiers.Length > 0)
            return Parse(modifiers);
        if (declaration.IsClassForm)
            return declaration.Target.DeclaredAccessibility;
        INamespaceOrTypeSymbol container = (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        return container.GetTypeMembers(declaration.ClassName, 0).FirstOrDefault()?.DeclaredAccessibility ?? Accessibility.Private;
    }

    /// <summary>Whether the user's own part of the class says that it is obsolete.</summary>
    public static bool IsObsolete(MapDeclaration declaration)
    {
        INamespaceOrTypeSymbol container = (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        INamedTypeSymbol? known = declaration.IsClassForm ? declaration.Target : container.GetTypeMembers(declaration.ClassName, 0).FirstOrDefault();
        return known?.GetAttributes().Any(static a => a.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute") == true;
    }

    /// <summary>Declarations that say which object's map they are for.</summary>
    /// <param name="modifiers">What stands before the generated class; empty where the user's own part says it.</param>
    /// <returns><see langword="null"/> if the declaration names no object, or its class is visible to its container alone.</returns>
    public static MapClaim? FindClaim(MapDeclaration declaration, string name, string modifiers)
    {
        if (declaration.Attribute.Object is not { Length: > 0 } file)
            return null;
        // The code of the object would have to name the class.
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
        foreach (Accessibility accessibility in new[] { Accessibility.Public, Accessibility.ProtectedOrInternal, Accessibility.ProtectedAndInternal, Accessibility.Internal, Accessibility.Protected })
        {
            if (modifiers.StartsWith(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetText(accessibility) + " ", StringComparison.Ordinal))
                return accessibility;
        }
        return Accessibility.Private;
    }
}
