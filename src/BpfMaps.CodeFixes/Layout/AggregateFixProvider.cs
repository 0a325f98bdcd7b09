using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>Adds <c>[BpfAggregate]</c> to a field that cannot be added up, so that the total has the value of the first CPU.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AggregateFixProvider)), Shared]
internal sealed class AggregateFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.NotAggregatable];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // If the field already has an aggregation, the user must choose another one.
        if (
            site[DiagnosticProperties.SuggestedAggregation] is { } aggregation
            && site.Node is VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } variable
            && site.Model.GetDeclaredSymbol(variable, site.Cancellation)
                ?.GetAttributes()
                .Any(static a => a.AttributeClass?.ToDisplayString() == "BpfMaps.BpfAggregateAttribute") == false
        )
        {
            yield return new(
                $"Add '[BpfAggregate(Aggregation.{aggregation})]'",
                nameof(AggregateFixProvider) + "." + aggregation,
                site.Document.Id,
                field,
                e => e.ReplaceNode(field, (current, _) => With((FieldDeclarationSyntax)current, aggregation))
            );
        }
    }

    private static FieldDeclarationSyntax With(FieldDeclarationSyntax field, string aggregation)
    {
        string text = $"[global::BpfMaps.BpfAggregate(global::BpfMaps.Aggregation.{aggregation})] int x;";
        AttributeListSyntax list = ((FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(text)!)
            .AttributeLists[0]
            .WithTrailingTrivia(SyntaxFactory.Space)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        SyntaxTriviaList leading = field.GetLeadingTrivia();
        return field
            .WithoutLeadingTrivia()
            .WithAttributeLists(field.WithoutLeadingTrivia().AttributeLists.Insert(0, list))
            .WithLeadingTrivia(leading);
    }
}
