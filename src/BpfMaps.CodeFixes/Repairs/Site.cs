using Microsoft.CodeAnalysis;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>A diagnostic with its document, syntax and symbols.</summary>
internal sealed record Site(Document Document, SyntaxNode Root, SemanticModel Model, Diagnostic Diagnostic, CancellationToken Cancellation)
{
    public SyntaxNode Node { get; } = Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    public Compilation Compilation => Model.Compilation;

    /// <returns>
    /// <see langword="null"/> if there is nothing to edit, because the diagnostic has no location or is in generated code.
    /// </returns>
    public static async Task<Site?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (
            !diagnostic.Location.IsInSource
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || !root.FullSpan.Contains(diagnostic.Location.SourceSpan)
        )
        {
            return null;
        }
        return new(document, root, model, diagnostic, cancellation);
    }

    /// <summary>Gets a value of <c>Diagnostic.Properties</c>.</summary>
    public string? this[string property] => Diagnostic.Properties.TryGetValue(property, out string? value) ? value : null;

    /// <summary>Gets the document of this project that contains a node.</summary>
    public DocumentId? DocumentOf(SyntaxNode node) => Document.Project.GetDocument(node.SyntaxTree)?.Id;
}
