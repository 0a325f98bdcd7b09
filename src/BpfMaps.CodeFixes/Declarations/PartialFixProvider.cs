using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Adds <c>partial</c> to a map class, the class of an object, or a containing type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialFixProvider)), Shared]
internal sealed class PartialFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [DiagnosticIds.MapClassNotPartial, DiagnosticIds.ContainingTypeNotPartial, DiagnosticIds.ObjectClassNotPartial];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (site.Node is TypeDeclarationSyntax type && !type.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return new(
                $"Declare '{type.Identifier.ValueText}' as partial",
                nameof(PartialFixProvider),
                site.Document.Id,
                type,
                e => e.ReplaceNode(type, static (current, _) => WithPartial((TypeDeclarationSyntax)current))
            );
        }
    }

    // In C#, the modifier must immediately precede the keyword.
    private static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(default, SyntaxKind.PartialKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        if (type.Modifiers.Count > 0)
            return type.AddModifiers(partial);
        SyntaxToken keyword = type.Keyword;
        return type.WithKeyword(keyword.WithLeadingTrivia()).AddModifiers(partial.WithLeadingTrivia(keyword.LeadingTrivia));
    }
}
