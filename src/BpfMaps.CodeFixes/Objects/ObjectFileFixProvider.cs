using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Changes the name in <c>[BpfObject]</c> to the most similar object.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ObjectFileFixProvider)), Shared]
internal sealed class ObjectFileFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.ObjectNotDescribed];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (
            site[DiagnosticProperties.ArgumentValue] is not { } value
            || site.Node.FirstAncestorOrSelf<AttributeSyntax>()?.ArgumentList?.Arguments.FirstOrDefault()
                is not { NameEquals: null } argument
        )
        {
            yield break;
        }
        yield return new(
            $"Use the object {value.Replace('"', '\'')}",
            nameof(ObjectFileFixProvider),
            site.Document.Id,
            argument,
            e => e.ReplaceNode(argument.Expression, (current, _) => SyntaxFactory.ParseExpression(value).WithTriviaFrom(current))
        );
    }
}
