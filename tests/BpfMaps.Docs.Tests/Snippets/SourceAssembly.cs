using System.Text;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>
/// Combines several pieces into one C# file: first all usings, then all statements, then all types, each with its line number in the page.
/// </summary>
internal static class SourceAssembly
{
    public static string Combine(IReadOnlyList<SourcePiece> pieces, out bool hasStatements)
    {
        List<(SourcePiece Piece, CompilationUnitSyntax Root)> parsed = [.. pieces.Select(static piece => (piece, Parse(piece)))];
        hasStatements = parsed.Exists(static part => part.Root.Members.Any(static member => member is GlobalStatementSyntax));

        StringBuilder source = new();
        HashSet<string> usings = [];
        foreach ((SourcePiece piece, CompilationUnitSyntax root) in parsed)
            Append(source, piece, root.Usings.Where(directive => usings.Add(directive.ToString())));
        foreach ((SourcePiece piece, CompilationUnitSyntax root) in parsed)
            Append(source, piece, root.Members.OfType<GlobalStatementSyntax>());
        foreach ((SourcePiece piece, CompilationUnitSyntax root) in parsed)
            Append(source, piece, root.Members.Where(static member => member is not GlobalStatementSyntax));
        return source.ToString();
    }

    private static CompilationUnitSyntax Parse(SourcePiece piece)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            piece.Text,
            Generation.ParseOptions,
            cancellationToken: TestContext.Current.CancellationToken
        );
        // Reordering would hide this error: a statement after a type.
        Assert.True(
            !tree.GetDiagnostics(TestContext.Current.CancellationToken).Any(),
            $"{piece.Path}:{piece.Line} is not in the order of C#: {string.Join('\n', tree.GetDiagnostics(TestContext.Current.CancellationToken))}"
        );
        return tree.GetCompilationUnitRoot(TestContext.Current.CancellationToken);
    }

    private static void Append(StringBuilder source, SourcePiece piece, IEnumerable<SyntaxNode> nodes)
    {
        foreach (SyntaxNode node in nodes)
        {
            int line = piece.Line + node.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line;
            source.Append($"#line {line} \"{piece.Path}\"\n").Append(node.ToFullString()).Append('\n');
        }
    }
}
