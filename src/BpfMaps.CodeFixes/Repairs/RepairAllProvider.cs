using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>Fixes all diagnostics of a document, project or solution at once.</summary>
/// <remarks>
/// The batch fixer of Roslyn applies each fix separately, merges the texts, and drops fixes that do not merge. Here fixes often overlap:
/// several arguments of an attribute, several fields of a struct, nested structs. So one editor per document applies them one after the
/// other.
/// </remarks>
internal sealed class RepairAllProvider : FixAllProvider
{
    public static RepairAllProvider Instance { get; } = new();

    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        if (context.CodeFixProvider is not RepairProvider provider)
            return null;
        List<Repair> repairs = [];
        foreach (Diagnostic diagnostic in await FindDiagnosticsAsync(context).ConfigureAwait(false))
        {
            if (
                context.Solution.GetDocument(diagnostic.Location.SourceTree) is not { } document
                || await Site.FindAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site
            )
            {
                continue;
            }
            // If a diagnostic has several fixes, only the chosen one is applied.
            repairs.AddRange(provider.Propose(site).Where(r => r.Key == context.CodeActionEquivalenceKey));
        }
        if (repairs.Count == 0)
            return null;
        return CodeAction.Create(repairs[0].Title, c => Repair.ApplyAsync(context.Solution, repairs, c), context.CodeActionEquivalenceKey);
    }

    private static async Task<IEnumerable<Diagnostic>> FindDiagnosticsAsync(FixAllContext context)
    {
        List<Diagnostic> diagnostics = [];
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                diagnostics.AddRange(await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
                break;
            case FixAllScope.Project:
                diagnostics.AddRange(await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false));
                break;
            case FixAllScope.Solution:
                ImmutableArray<Project> projects = [.. context.Solution.Projects.Where(p => p.Language == context.Project.Language)];
                foreach (Project project in projects)
                    diagnostics.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                break;
        }
        return diagnostics
            .Where(static d => d.Location.IsInSource)
            .OrderBy(static d => d.Location.SourceTree!.FilePath, StringComparer.Ordinal)
            .ThenBy(static d => d.Location.SourceSpan.Start);
    }
}
