using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Shapes;

/// <summary>What a file declares, without what its code does. Files are equal where all nodes, tokens and directives are, but for those of bodies; comments and spaces do not count.</summary>
/// <remarks>Read when a file is compared with another one, and not before: of most files, an editor and a build never ask.</remarks>
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
        // A part of a file-local type's name, and what tells generated files from the user's.
        _path = tree.FilePath;
        _options = Identity.Of(tree.Options);
    }

    public static TreeShape Of(SyntaxTree tree) => s_known.GetValue(tree, static t => new(t));

    /// <returns>Also <see langword="false"/> if it is too late to know: the file is gone, and was compared with no other while it was there.</returns>
    public bool Equals(TreeShape? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _path == other._path && _options == other._options && Read() is { } mine && other.Read() is { } theirs && mine.Value == theirs.Value);

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
            // One statement or many: they make one method of one class.
            if (node is GlobalStatementSyntax && hasStatements)
                continue;
            hasStatements |= node is GlobalStatementSyntax;
            // With the numbers of children, a sequence is that of one tree only.
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
