using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Declarations that say which object's map they are for.</summary>
internal static class MapClaims
{
    /// <param name="modifiers">What stands before the generated class; empty where the user's own part says it.</param>
    /// <returns><see langword="null"/> if the declaration names no object, or its class is visible to its container alone.</returns>
    public static MapClaim? Find(MapDeclaration declaration, string name, string modifiers)
    {
        if (declaration.Attribute.Object is not { Length: > 0 } file)
            return null;
        string container = declaration.Target.ContainingType?.FullName()
            ?? (declaration.Target.ContainingNamespace.IsGlobalNamespace ? "global:" : "global::" + declaration.Target.ContainingNamespace.DeclaredName());
        string separator = container == "global:" ? ":" : ".";
        Accessibility narrowest = ClassAccessibility(declaration, modifiers);
        for (INamedTypeSymbol? type = declaration.Target.ContainingType; type is not null; type = type.ContainingType)
            narrowest = (Accessibility)Math.Min((int)narrowest, (int)type.DeclaredAccessibility);
        return narrowest < Accessibility.Internal
            ? null
            : new(file, name, container + separator + SymbolFacts.Escape(declaration.ClassName), narrowest == Accessibility.Public);
    }

    private static Accessibility ClassAccessibility(MapDeclaration declaration, string modifiers)
    {
        if (modifiers.Length > 0)
            return modifiers.StartsWith("public ", StringComparison.Ordinal) ? Accessibility.Public : modifiers.StartsWith("internal ", StringComparison.Ordinal) ? Accessibility.Internal : Accessibility.Private;
        if (declaration.IsClassForm)
            return declaration.Target.DeclaredAccessibility;
        INamespaceOrTypeSymbol container = (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        return container.GetTypeMembers(declaration.ClassName, 0).FirstOrDefault()?.DeclaredAccessibility ?? Accessibility.Private;
    }
}
