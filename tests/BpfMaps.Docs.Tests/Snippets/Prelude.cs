using System.Runtime.CompilerServices;
using BpfMaps.Docs.Tests.Pages;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>A piece of source and where it comes from, so that what a compiler says of it can be found.</summary>
internal sealed record SourcePiece(string Path, int Line, string Text);

/// <summary>What the blocks of the pages presuppose: files of the folder Preludes.</summary>
internal static class Prelude
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../Preludes");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(static path => Path.GetFileName(path));

    /// <summary>A block with all that stands before it: the preludes it names, and the blocks that it goes on from with theirs.</summary>
    /// <param name="block">The block.</param>
    /// <param name="extension">That of the preludes: <c>.cs</c> or <c>.c</c>.</param>
    public static List<SourcePiece> Assemble(CodeBlock block, string extension)
    {
        List<SourcePiece> pieces = block.Has(Mark.Continues)
            ? Assemble(block.Previous ?? throw new FormatException($"{block}: there is no block before it to go on from."), extension)
            : [];
        foreach (string name in block.Words(Mark.Needs))
        {
            string file = name + extension;
            if (pieces.All(piece => piece.Path != file))
                pieces.Add(new SourcePiece(file, 1, File.ReadAllText(Path.Combine(Folder, file))));
        }

        pieces.Add(new SourcePiece(block.Page.Path, block.Line, block.Text));
        return pieces;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
