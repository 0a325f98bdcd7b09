using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>A code fix provider that says what to edit; alone or with all others, the same edits are made in the same way.</summary>
internal abstract class RepairProvider : CodeFixProvider
{
    /// <summary>The ways to repair a diagnostic, the likeliest first; none where the code is not what the fix knows.</summary>
    public abstract IEnumerable<Repair> Propose(Site site);

    public sealed override FixAllProvider GetFixAllProvider() => RepairAllProvider.Instance;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await Site.FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site)
                continue;
            foreach (Repair repair in Propose(site))
                context.RegisterCodeFix(CodeAction.Create(repair.Title, c => Repair.ApplyAsync(context.Document.Project.Solution, [repair], c), repair.Key), diagnostic);
        }
    }
}
