using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Declares a class as a struct, where it is a key, a value or a field of one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClassToStructFixProvider)), Shared]
internal sealed class ClassToStructFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.NotBlittable, DiagnosticIds.ValueMissing];

    public override IEnumerable<Repair> Propose(Site site)
    {
        bool isMeant = site.Diagnostic.Id == DiagnosticIds.ValueMissing
            ? site[DiagnosticProperties.FieldTypeKind] == "class" && site.Node is ClassDeclarationSyntax
            : site[DiagnosticProperties.FieldTypeKind] == "class";
        if (!isMeant || TypeAt(site) is not { DeclaringSyntaxReferences: { Length: 1 } references } type
            || references[0].GetSyntax(site.Cancellation) is not ClassDeclarationSyntax { BaseList: null } declaration || !CanBeStruct(declaration)
            || site.DocumentOf(declaration) is not { } document)
        {
            yield break;
        }
        yield return new(
            $"Declare '{type.Name}' as a struct",
            nameof(ClassToStructFixProvider),
            document,
            declaration,
            e => e.ReplaceNode(declaration, static (current, _) => AsStruct((ClassDeclarationSyntax)current)));
    }

    private static INamedTypeSymbol? TypeAt(Site site) =>
        site.Node is ClassDeclarationSyntax declaration ? site.Model.GetDeclaredSymbol(declaration, site.Cancellation) : DeclaredType.At(site)?.Symbol as INamedTypeSymbol;

    /// <summary>A struct has no finalizer, and with initial values it needs a constructor.</summary>
    private static bool CanBeStruct(ClassDeclarationSyntax declaration) =>
        declaration.Modifiers.All(static m => !m.IsKind(SyntaxKind.AbstractKeyword) && !m.IsKind(SyntaxKind.StaticKeyword))
        && !declaration.Members.Any(static m => m is DestructorDeclarationSyntax
            || m is PropertyDeclarationSyntax { Initializer: not null }
            || (m is FieldDeclarationSyntax field && !field.Modifiers.Any(SyntaxKind.StaticKeyword) && !field.Modifiers.Any(SyntaxKind.ConstKeyword) && field.Declaration.Variables.Any(static v => v.Initializer is not null)));

    private static StructDeclarationSyntax AsStruct(ClassDeclarationSyntax type)
    {
        // The first token has the comments, also where it goes.
        SyntaxTriviaList leading = type.GetLeadingTrivia();
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.StructKeyword).WithTriviaFrom(type.Keyword);
        StructDeclarationSyntax result = SyntaxFactory.StructDeclaration(
            type.AttributeLists,
            SyntaxFactory.TokenList(type.Modifiers.Where(static m => !m.IsKind(SyntaxKind.SealedKeyword))),
            keyword,
            type.Identifier,
            type.TypeParameterList,
            type.ParameterList,
            null,
            type.ConstraintClauses,
            type.OpenBraceToken,
            type.Members,
            type.CloseBraceToken,
            type.SemicolonToken);
        return result.WithLeadingTrivia(leading);
    }
}
