using System.Collections.Concurrent;
using System.Text;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>A C file of the pages, compiled.</summary>
internal sealed class BpfSource
{
    private static readonly ConcurrentDictionary<string, Lazy<BpfSource>> s_compiled = new();

    private BpfSource(string name, string text, IEnumerable<CodeBlock> headers)
    {
        string folder = Directory.CreateTempSubdirectory("bpfmaps_docs_").FullName;
        try
        {
            // A header is compiled as a source of its own.
            string path = Path.Combine(folder, Path.GetFileName(name) + (IsHeader(name) ? ".c" : ""));
            File.WriteAllText(path, text);
            foreach (CodeBlock header in headers)
                File.WriteAllText(Path.Combine(folder, header.Words(Mark.File)[0]), header.Text);
            Bytes = Require.Clang().Compile(path, options: "-Werror");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        LayoutPath = "/" + Path.ChangeExtension(name, ".layout");
        ObjectName = Path.ChangeExtension(Path.GetFileName(name), ".o");
        Layout = LayoutWriter.Write(BpfObjectFile.Parse(Bytes, ObjectName));
    }

    /// <summary>The file name of the object: <c>flow.bpf.o</c>.</summary>
    public string ObjectName { get; }

    /// <summary>Where its description is: in the folder that the source is in.</summary>
    public string LayoutPath { get; }

    /// <summary>The object.</summary>
    public byte[] Bytes { get; }

    /// <summary>The description of the object that the compiler and the analyzers receive.</summary>
    public string Layout { get; }

    public static BpfSource Of(CodeBlock block) =>
        Compiled(block.Name, block.Words(Mark.File).FirstOrDefault("page.bpf.c"), () => Combine(block), HeadersOf(block));

    /// <summary>Finds the C file that a C# block refers to: a block of its page, a prelude, or a file of a sample.</summary>
    public static BpfSource Named(string name, CodeBlock user)
    {
        if (user.Page.Blocks.LastOrDefault(block => block.Language == "c" && block.Words(Mark.File).Contains(name)) is { } block)
            return Of(block);
        string path =
            Directory
                .EnumerateFiles(Prelude.Folder, name)
                .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), name, SearchOption.AllDirectories))
                .FirstOrDefault()
            ?? throw new FileNotFoundException($"{user}: no block of its page, no prelude and no sample has the name '{name}'.");
        return Compiled(path, name, () => File.ReadAllText(path), []);
    }

    private static BpfSource Compiled(string key, string name, Func<string> text, IEnumerable<CodeBlock> headers) =>
        s_compiled.GetOrAdd(key, _ => new(() => new BpfSource(name, text(), headers))).Value;

    /// <summary>The other headers of the page, which its sources can include.</summary>
    private static IEnumerable<CodeBlock> HeadersOf(CodeBlock block) =>
        block.Page.Blocks.Where(other => other != block && other.Words(Mark.File).Any(IsHeader));

    private static bool IsHeader(string file) => file.EndsWith(".h", StringComparison.Ordinal);

    private static string Combine(CodeBlock block)
    {
        StringBuilder source = new();
        foreach (SourcePiece piece in Prelude.Assemble(block, ".c"))
            source.Append($"#line {piece.Line} \"{piece.Path}\"\n").Append(piece.Text);
        return source.ToString();
    }
}
