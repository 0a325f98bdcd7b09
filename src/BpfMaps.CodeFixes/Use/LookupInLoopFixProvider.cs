using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Use;

/// <summary>Rewrites a loop over keys with lookups to a loop over the map, which reads keys and values in batches.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LookupInLoopFixProvider)), Shared]
internal sealed class LookupInLoopFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.LookupInLoop];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // The loop over the keys may not be the innermost one.
        foreach (ForEachStatementSyntax loop in site.Node.Ancestors().OfType<ForEachStatementSyntax>())
        {
            if (LoopPlan.For(loop, site.Model, site.Cancellation) is not { } plan || !plan.Lookups.Contains(site.Node))
                continue;
            yield return new(
                $"Enumerate '{plan.Map}' itself",
                nameof(LookupInLoopFixProvider),
                site.Document.Id,
                loop,
                e =>
                {
                    foreach (SyntaxNode node in plan.Roles.Keys)
                        e.TrackNode(node);
                    e.ReplaceNode(loop, (current, _) => LoopRewriter.Rewrite((ForEachStatementSyntax)current, plan));
                }
            );
            yield break;
        }
    }
}
