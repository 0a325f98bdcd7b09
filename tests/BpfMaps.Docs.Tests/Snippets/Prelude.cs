using System.Runtime.CompilerServices;
using BpfMaps.Docs.Tests.Pages;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>A piece of source and its origin, which diagnostics refer to.</summary>
internal sealed record SourcePiece(string Path, int Line, string Text);

/// <summary>The sources that the blocks of the pages depend on: files of the folder Preludes, and other blocks.</summary>
internal static class Prelude
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../Preludes");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(static path => Path.GetFileName(path));

    /// <summary>Gets a block with everything that precedes it: its needs, and the blocks that it continues with their needs.</summary>
    /// <param name="block">The block.</param>
    /// <param name="extension">The extension of the files: <c>.cs</c> or <c>.c</c>.</param>
    public static IReadOnlyList<SourcePiece> Assemble(CodeBlock block, string extension)
    {
        List<SourcePiece> pieces = [];
        Add(block, extension, pieces);
        return pieces;
    }

    private static void Add(CodeBlock block, string extension, List<SourcePiece> pieces)
    {
        if (block.Has(Mark.Continues))
            Add(block.Previous ?? throw new FormatException($"{block}: there is no previous block to continue."), extension, pieces);
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
