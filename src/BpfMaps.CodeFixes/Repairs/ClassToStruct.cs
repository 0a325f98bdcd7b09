using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>Changes a class to a struct.</summary>
internal static class ClassToStruct
{
    /// <returns>None for a class of another project, in several parts, or with members that a struct cannot have.</returns>
    public static IEnumerable<Repair> For(Site site, INamedTypeSymbol type)
    {
        if (
            type.DeclaringSyntaxReferences.Length != 1
            || type.DeclaringSyntaxReferences[0].GetSyntax(site.Cancellation) is not ClassDeclarationSyntax { BaseList: null } declaration
            || !CanBeStruct(declaration)
            || site.DocumentOf(declaration) is not { } document
        )
        {
            yield break;
        }
        yield return new(
            $"Declare '{type.Name}' as a struct",
            nameof(ClassToStruct),
            document,
            declaration,
            e => e.ReplaceNode(declaration, static (current, _) => AsStruct((ClassDeclarationSyntax)current))
        );
    }

    /// <summary>
    /// Gets whether the members are valid in a struct, which cannot have a finalizer and needs a constructor for initializers.
    /// </summary>
    private static bool CanBeStruct(ClassDeclarationSyntax declaration) =>
        !declaration.Modifiers.Any(SyntaxKind.AbstractKeyword)
        && !declaration.Modifiers.Any(SyntaxKind.StaticKeyword)
        && !declaration.Members.Any(static m =>
            m is DestructorDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null } || HasInitialValue(m)
        );

    private static bool HasInitialValue(MemberDeclarationSyntax member) =>
        member is FieldDeclarationSyntax field
        && !field.Modifiers.Any(SyntaxKind.StaticKeyword)
        && !field.Modifiers.Any(SyntaxKind.ConstKeyword)
        && field.Declaration.Variables.Any(static v => v.Initializer is not null);

    private static StructDeclarationSyntax AsStruct(ClassDeclarationSyntax type)
    {
        // Comments belong to the first token, which may be removed.
        SyntaxTriviaList leading = type.GetLeadingTrivia();
        StructDeclarationSyntax result = SyntaxFactory.StructDeclaration(
            type.AttributeLists,
            SyntaxFactory.TokenList(type.Modifiers.Where(static m => !m.IsKind(SyntaxKind.SealedKeyword))),
            SyntaxFactory.Token(SyntaxKind.StructKeyword).WithTriviaFrom(type.Keyword),
            type.Identifier,
            type.TypeParameterList,
            type.ParameterList,
            null,
            type.ConstraintClauses,
            type.OpenBraceToken,
            type.Members,
            type.CloseBraceToken,
            type.SemicolonToken
        );
        return result.WithLeadingTrivia(leading);
    }
}
