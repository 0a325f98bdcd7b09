using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>A fix for a diagnostic.</summary>
/// <param name="Key">The equivalence key, which identifies fixes that "fix all" applies together.</param>
/// <param name="Document">The document to edit, which may differ from that of the diagnostic if a type has several parts.</param>
/// <param name="Target">Identifies the edit. If several diagnostics result in the same edit (a struct in two maps, two fields of one
/// declaration), it is applied once.</param>
/// <param name="Edit">The edit. It must use the node that the editor passes, because earlier edits may have changed it.</param>
internal sealed record Repair(string Title, string Key, DocumentId Document, object Target, Action<SyntaxEditor> Edit)
{
    /// <summary>Applies all edits, each once.</summary>
    public static async Task<Solution> ApplyAsync(Solution solution, IReadOnlyList<Repair> repairs, CancellationToken cancellation)
    {
        foreach (IGrouping<DocumentId, Repair> group in repairs.GroupBy(static r => r.Document))
        {
            if (
                solution.GetDocument(group.Key) is not { } document
                || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            )
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
