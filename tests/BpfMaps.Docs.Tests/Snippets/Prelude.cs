using System.Runtime.CompilerServices;
using BpfMaps.Docs.Tests.Pages;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>A piece of source and where it comes from, so that what a compiler says of it can be found.</summary>
internal sealed record SourcePiece(string Path, int Line, string Text);

/// <summary>What the blocks of the pages presuppose: files of the folder Preludes, and other blocks.</summary>
internal static class Prelude
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../Preludes");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(static path => Path.GetFileName(path));

    /// <summary>A block with all that stands before it: what it needs, and the blocks that it goes on from with what these need.</summary>
    /// <param name="block">The block.</param>
    /// <param name="extension">That of the files it needs: <c>.cs</c> or <c>.c</c>.</param>
    public static IReadOnlyList<SourcePiece> Assemble(CodeBlock block, string extension)
    {
        List<SourcePiece> pieces = [];
        Add(block, extension, pieces);
        return pieces;
    }

    private static void Add(CodeBlock block, string extension, List<SourcePiece> pieces)
    {
        if (block.Has(Mark.Continues))
            Add(block.Previous ?? throw new FormatException($"{block}: there is no block before it to go on from."), extension, pieces);
        foreach (string file in block.Words(Mark.Needs).Select(name => name + extension))
        {
            if (block.Page.Blocks.Find(other => other.Words(Mark.File).Contains(file)) is { } named)
                Add(named, extension, pieces);
            else
                AddOnce(new SourcePiece(file, 1, File.ReadAllText(Path.Combine(Folder, file))), pieces);
        }

        AddOnce(new SourcePiece(block.Page.Path, block.Line, block.Text), pieces);
    }

    private static void AddOnce(SourcePiece piece, List<SourcePiece> pieces)
    {
        if (!pieces.Contains(piece))
            pieces.Add(piece);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
