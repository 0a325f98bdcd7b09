namespace BpfMaps.Docs.Tests.Pages;

/// <summary>A page of the documentation.</summary>
/// <param name="path">The path of the page in the repository.</param>
internal sealed class Page(string path)
{
    public string Path { get; } = path;

    public List<CodeBlock> Blocks { get; } = [];

    /// <summary>The anchors of the headings in links.</summary>
    public HashSet<string> Anchors { get; } = [];

    /// <summary>The lines outside blocks and comments, with their numbers.</summary>
    public List<(int Number, string Text)> Prose { get; } = [];

    public override string ToString() => Path;
}
