using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Docs.Tests.Pages;

/// <summary>All user-facing pages of this repository.</summary>
internal static class Documentation
{
    // Package pages have no comments, because galleries would show them.
    private static readonly Dictionary<string, string> s_marks = new()
    {
        ["src/BpfMaps.Hosting/PACKAGE.md"] = $"{Mark.Object}: syscalls.bpf.c; {Mark.NotRun}: it runs until it is stopped",
        ["src/BpfMaps.Libbpf/PACKAGE.md"] = $"{Mark.Object}: syscalls.bpf.c",
        ["src/BpfMaps.Metrics.AspNetCore/PACKAGE.md"] = $"{Mark.NotRun}: it serves until it is stopped",
    };

    private static readonly Lazy<IReadOnlyList<Page>> s_pages = new(static () =>
        [.. Paths().Select(static path => PageReader.Read(path, Repository.Read(path), s_marks.GetValueOrDefault(path, "")))]
    );

    public static IReadOnlyList<Page> Pages => s_pages.Value;

    public static IEnumerable<CodeBlock> Blocks => Pages.SelectMany(static page => page.Blocks);

    public static CodeBlock Block(string name) => Blocks.Single(block => block.Name == name);

    public static Page Page(string path) => Pages.Single(page => page.Path == path);

    /// <summary>The names of the blocks in one of the languages, for theories.</summary>
    public static TheoryData<string> Names(params string[] languages) =>
        [.. Blocks.Where(block => languages.Contains(block.Language)).Select(static block => block.Name)];

    private static IEnumerable<string> Paths() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Repository.Root, path))
            .Where(static path => !path.StartsWith("docs/site/", StringComparison.Ordinal)) // part of the site; docfx checks its links
            .Concat(
                Directory
                    .EnumerateDirectories(Path.Combine(Repository.Root, "src"))
                    .Select(static folder => $"src/{Path.GetFileName(folder)}/PACKAGE.md")
                    .Where(static path => File.Exists(Path.Combine(Repository.Root, path)))
            )
            .Concat(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "samples/README.md", "samples/Guard/README.md"])
            .Order(StringComparer.Ordinal);
}
