using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>Base class of code fix providers. Single fixes and "fix all" use the same edits.</summary>
internal abstract class RepairProvider : CodeFixProvider
{
    /// <summary>Proposes fixes for a diagnostic, the most likely first; none for code that is not recognized.</summary>
    public abstract IEnumerable<Repair> Propose(Site site);

    public sealed override FixAllProvider GetFixAllProvider() => RepairAllProvider.Instance;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await Site.FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site)
                continue;
            foreach (Repair repair in Propose(site))
                context.RegisterCodeFix(
                    CodeAction.Create(repair.Title, c => Repair.ApplyAsync(context.Document.Project.Solution, [repair], c), repair.Key),
                    diagnostic
                );
        }
    }
}
