using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Changes the name of a metric or label to the most similar valid name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MetricNameFixProvider)), Shared]
internal sealed class MetricNameFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [DiagnosticIds.MetricNameInvalid, DiagnosticIds.LabelNameInvalid];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // A constant with the name may have other uses.
        if (
            site[DiagnosticProperties.ArgumentValue] is not { } name
            || site.Node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Expression: LiteralExpressionSyntax literal }
        )
            yield break;
        yield return new(
            $"Change the name to {name}",
            nameof(MetricNameFixProvider),
            site.Document.Id,
            literal,
            e => e.ReplaceNode(literal, (current, _) => SyntaxFactory.ParseExpression(name).WithTriviaFrom(current))
        );
    }
}
