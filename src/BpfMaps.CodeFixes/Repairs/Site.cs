using Microsoft.CodeAnalysis;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>A diagnostic in its document, with the syntax and the symbols around it.</summary>
internal sealed record Site(Document Document, SyntaxNode Root, SemanticModel Model, Diagnostic Diagnostic, CancellationToken Cancellation)
{
    public SyntaxNode Node { get; } = Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    public Compilation Compilation => Model.Compilation;

    /// <returns><see langword="null"/> where there is nothing to edit: a diagnostic without a place, or one in generated code.</returns>
    public static async Task<Site?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (!diagnostic.Location.IsInSource
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || !root.FullSpan.Contains(diagnostic.Location.SourceSpan))
        {
            return null;
        }
        return new(document, root, model, diagnostic, cancellation);
    }

    /// <summary>A value of <c>Diagnostic.Properties</c>.</summary>
    public string? this[string property] => Diagnostic.Properties.TryGetValue(property, out string? value) ? value : null;

    /// <summary>The document of this project that a node stands in.</summary>
    public DocumentId? DocumentOf(SyntaxNode node) => Document.Project.GetDocument(node.SyntaxTree)?.Id;
}
