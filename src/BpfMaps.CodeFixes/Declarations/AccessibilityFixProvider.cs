using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Changes the accessibility of a key or value type to match its map class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AccessibilityFixProvider)), Shared]
internal sealed class AccessibilityFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.TypeNotAccessible];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // A partial type may have modifiers in several parts.
        if (
            site[DiagnosticProperties.Accessibility] is { } needed
            && site.Node is BaseTypeDeclarationSyntax type
            && type.Identifier.ValueText == site[DiagnosticProperties.TypeName]
            && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
        )
        {
            yield return new(
                $"Make '{type.Identifier.ValueText}' {needed}",
                nameof(AccessibilityFixProvider) + "." + needed,
                site.Document.Id,
                type,
                e => e.ReplaceNode(type, (current, _) => With((BaseTypeDeclarationSyntax)current, needed))
            );
        }
    }

    private static BaseTypeDeclarationSyntax With(BaseTypeDeclarationSyntax type, string accessibility)
    {
        // Comments and white space before the first modifier or the keyword, but not attributes.
        SyntaxToken first =
            type.AttributeLists.Count == 0
                ? type.GetFirstToken()
                : type.AttributeLists[type.AttributeLists.Count - 1].GetLastToken().GetNextToken();
        SyntaxTriviaList leading = first.LeadingTrivia;
        type = (BaseTypeDeclarationSyntax)type.ReplaceToken(first, first.WithLeadingTrivia());
        List<SyntaxToken> modifiers =
        [
            .. SyntaxFactory
                .ParseTokens(accessibility)
                .Where(static t => !t.IsKind(SyntaxKind.EndOfFileToken))
                .Select(static t => SyntaxFactory.Token(default, t.Kind(), SyntaxFactory.TriviaList(SyntaxFactory.Space))),
        ];
        modifiers[0] = modifiers[0].WithLeadingTrivia(leading);
        IEnumerable<SyntaxToken> others = type.Modifiers.Where(static m =>
            !SyntaxFacts.IsAccessibilityModifier(m.Kind()) && !m.IsKind(SyntaxKind.FileKeyword)
        );
        return type.WithModifiers(SyntaxFactory.TokenList([.. modifiers, .. others]));
    }
}
