using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>Finds primary constructor parameters that become hidden fields.</summary>
internal static class CapturedParameterFinder
{
    /// <remarks>
    /// Compares names only, so a local with the name of a parameter counts too. The compiler warns about most such cases.
    /// </remarks>
    public static IParameterSymbol? FindIn(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.IsRecord)
            return null;
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (
                constructor.Parameters.IsEmpty
                || constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not StructDeclarationSyntax
            )
                continue;
            return constructor.Parameters.FirstOrDefault(p => IsUsedIn(type, p.Name, cancellation));
        }
        return null;
    }

    private static bool IsUsedIn(INamedTypeSymbol type, string name, CancellationToken cancellation) =>
        type
            .DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation))
            .OfType<StructDeclarationSyntax>()
            .SelectMany(static s => s.Members)
            .Where(static m => m is not (FieldDeclarationSyntax or BaseTypeDeclarationSyntax) && !m.Modifiers.Any(SyntaxKind.StaticKeyword))
            .SelectMany(static m => m.DescendantNodes())
            .OfType<IdentifierNameSyntax>()
            .Any(i => i.Identifier.ValueText == name && !IsMemberOfSomething(i) && !IsInInitializer(i));

    private static bool IsMemberOfSomething(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name;

    // Initializers run in the constructor and do not capture parameters.
    private static bool IsInInitializer(IdentifierNameSyntax name) =>
        name.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { Initializer: { } initializer } && initializer.Span.Contains(name.Span);
}
