using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>One way to repair what a diagnostic reports.</summary>
/// <param name="Key">The equivalence key: what "fix all" repairs together.</param>
/// <param name="Document">The document that is edited; not always the one with the diagnostic, as a type may have several parts.</param>
/// <param name="Target">What is edited. Several diagnostics may ask for one edit (a struct in two maps, two fields of one declaration): it is made once.</param>
/// <param name="Edit">Must take the node as the editor gives it: an edit inside of it, or around it, may have been made before.</param>
internal sealed record Repair(string Title, string Key, DocumentId Document, object Target, Action<SyntaxEditor> Edit)
{
    /// <summary>Makes all of the edits, each once.</summary>
    public static async Task<Solution> ApplyAsync(Solution solution, IReadOnlyList<Repair> repairs, CancellationToken cancellation)
    {
        foreach (IGrouping<DocumentId, Repair> group in repairs.GroupBy(static r => r.Document))
        {
            if (solution.GetDocument(group.Key) is not { } document || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
                continue;
            SyntaxEditor editor = new(root, solution.Services);
            HashSet<object> edited = [];
            foreach (Repair repair in group)
            {
                if (edited.Add(repair.Target))
                    repair.Edit(editor);
            }
            solution = solution.WithDocumentSyntaxRoot(group.Key, editor.GetChangedRoot());
        }
        return solution;
    }
}
