using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>
/// Determines the accessibility of the map class, which cannot exceed that of the type arguments of its base class (CS0060).
/// </summary>
internal static class AccessibilityRules
{
    /// <returns>The modifiers before <c>partial class</c>.</returns>
    public static string ModifiersFor(MapDeclaration declaration, ITypeSymbol? key, ITypeSymbol? value, InnerMap? inner)
    {
        Accessibility own = declaration.Target.DeclaredAccessibility;
        Accessibility widest = own;
        foreach ((ITypeSymbol? type, string role) in new[] { (key, "key"), (value, "value"), (inner?.Declaration, "inner map") })
        {
            if (type is null)
                continue;
            if (SymbolFacts.FindInName(type, static t => t is INamedTypeSymbol { IsFileLocal: true }) is { } local)
            {
                Report(declaration, local, role, "internal", "file-local");
                continue;
            }
            if (!IsVisible(declaration, type))
            {
                Report(declaration, type, role, "internal");
                continue;
            }
            Accessibility seen = SeenFrom(declaration.Target, type);
            // The class of an inner map may be less accessible than the struct that declares it.
            if (role == "inner map")
                seen = Narrower(seen, inner!.Accessibility);
            if (declaration.IsClassForm && Narrower(own, seen) != own)
                Report(declaration, type, role, Keywords(own));
            widest = Narrower(widest, seen);
        }
        if (declaration.IsClassForm || StatesAccessibility(declaration))
            return "";
        return Keywords(widest) + " sealed ";
    }

    private static bool StatesAccessibility(MapDeclaration declaration) =>
        DeclarationRules
            .UserParts(declaration)
            .OfType<ClassDeclarationSyntax>()
            .Any(static c =>
                c.Modifiers.Any(static m =>
                    m.IsKind(SyntaxKind.PublicKeyword)
                    || m.IsKind(SyntaxKind.InternalKeyword)
                    || m.IsKind(SyntaxKind.PrivateKeyword)
                    || m.IsKind(SyntaxKind.ProtectedKeyword)
                )
            );

    private static void Report(MapDeclaration declaration, ITypeSymbol type, string role, string needed, string? found = null) =>
        declaration.Reporter.Error(
            DeclarationDescriptors.TypeNotAccessible,
            declaration.Reporter.LocationOf(
                type,
                declaration.Attribute.LocationOfValue(
                    role switch
                    {
                        "key" => "Key",
                        "value" => "Value",
                        _ => "Inner",
                    }
                )
            ),
            DiagnosticProperties.Of((DiagnosticProperties.Accessibility, needed), (DiagnosticProperties.TypeName, type.Name)),
            type.MessageName(),
            found ?? Keywords(type.DeclaredAccessibility),
            declaration.ClassName,
            role,
            needed
        );

    private static bool IsVisible(MapDeclaration declaration, ITypeSymbol type)
    {
        ISymbol within = (ISymbol?)declaration.Target.ContainingType ?? declaration.Compilation.Assembly;
        return type.TypeKind == TypeKind.Error || declaration.Compilation.IsSymbolAccessibleWithin(type, within);
    }

    /// <summary>Gets the accessibility of a type relative to the container of <paramref name="place"/>.</summary>
    private static Accessibility SeenFrom(INamedTypeSymbol place, ITypeSymbol type)
    {
        Accessibility narrowest = Accessibility.Public;
        if (type is INamedTypeSymbol named)
        {
            foreach (ITypeSymbol argument in named.TypeArguments)
                narrowest = Narrower(narrowest, SeenFrom(place, argument));
        }
        for (
            INamedTypeSymbol? part = type as INamedTypeSymbol;
            part is not null && part.DeclaredAccessibility != Accessibility.NotApplicable;
            part = part.ContainingType
        )
        {
            if (Contains(part, place))
                break;
            bool isBeside =
                SymbolEqualityComparer.Default.Equals(part.ContainingType, place.ContainingType)
                || SymbolEqualityComparer.Default.Equals(part.ContainingType, place);
            // For protected members of other types, the accessibility depends on base classes; private is always narrow enough.
            bool isElsewhere =
                !isBeside
                && part.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedAndInternal or Accessibility.Private;
            narrowest = Narrower(narrowest, isElsewhere ? Accessibility.Private : part.DeclaredAccessibility);
        }
        return narrowest;
    }

    private static bool Contains(INamedTypeSymbol outer, INamedTypeSymbol inner)
    {
        for (INamedTypeSymbol? type = inner.ContainingType; type is not null; type = type.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, outer))
                return true;
        }
        return false;
    }

    private static Accessibility Narrower(Accessibility left, Accessibility right)
    {
        // The intersection of protected and internal is private protected.
        if (
            left is Accessibility.Protected && right is Accessibility.Internal
            || left is Accessibility.Internal && right is Accessibility.Protected
        )
            return Accessibility.ProtectedAndInternal;
        return (Accessibility)Math.Min((int)left, (int)right);
    }

    private static string Keywords(Accessibility accessibility) => SyntaxFacts.GetText(accessibility);
}
