using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Shapes;

/// <summary>
/// The declarations of a file without its code. Files are equal if all nodes, tokens and directives outside bodies are equal; comments and
/// white space are ignored.
/// </summary>
/// <remarks>The file is read only when it is compared with another one, which most files never are.</remarks>
internal sealed class TreeShape : IEquatable<TreeShape>
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeShape> s_known = new();

    private readonly WeakReference<SyntaxTree> _tree;
    private readonly string _path;
    private readonly long _options;
    private StrongBox<Checksum>? _checksum;

    private TreeShape(SyntaxTree tree)
    {
        _tree = new(tree);
        // The path is part of the names of file-local types, and identifies generated files.
        _path = tree.FilePath;
        _options = Identity.Of(tree.Options);
    }

    public static TreeShape Of(SyntaxTree tree) => s_known.GetValue(tree, static t => new(t));

    /// <returns>Also <see langword="false"/> if the file no longer exists in memory and was never read.</returns>
    public bool Equals(TreeShape? other) =>
        ReferenceEquals(this, other)
        || (
            other is not null
            && _path == other._path
            && _options == other._options
            && Read() is { } mine
            && other.Read() is { } theirs
            && mine.Value == theirs.Value
        );

    public override bool Equals(object? obj) => Equals(obj as TreeShape);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_path);

    private StrongBox<Checksum>? Read()
    {
        if (Volatile.Read(ref _checksum) is { } known)
            return known;
        if (!_tree.TryGetTarget(out SyntaxTree? tree))
            return null;
        StrongBox<Checksum> checksum = new(ChecksumOf(tree));
        Volatile.Write(ref _checksum, checksum);
        return checksum;
    }

    private static Checksum ChecksumOf(SyntaxTree tree)
    {
        using ChecksumWriter writer = new();
        bool hasStatements = false;
        foreach (SyntaxNodeOrToken part in tree.GetRoot().DescendantNodesAndTokens(static node => !CodeBody.Is(node)))
        {
            if (part.AsNode() is not { } node)
            {
                Add(writer, part.AsToken());
                continue;
            }
            if (node is GlobalStatementSyntax statement)
            {
                foreach (string name in CodeBody.NamesDeclaredBy(statement))
                    writer.Add(name);
                // All top-level statements form one method.
                if (hasStatements)
                    continue;
                hasStatements = true;
            }
            // The numbers of children make the sequence unambiguous.
            writer.Add(node.RawKind);
            writer.Add(CodeBody.Is(node) ? -1 : node.ChildNodesAndTokens().Count);
        }
        return writer.Finish();
    }

    private static void Add(ChecksumWriter writer, SyntaxToken token)
    {
        if (token.ContainsDirectives)
        {
            foreach (SyntaxTrivia directive in token.LeadingTrivia.Where(static trivia => trivia.IsDirective))
            {
                writer.Add(directive.RawKind);
                writer.Add(directive.ToString());
            }
        }
        writer.Add(token.RawKind);
        writer.Add(token.Text);
    }
}
