namespace BpfMaps.Docs.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The line number of its first line of text, starting at 1.</param>
/// <param name="Language">The language after the fence.</param>
/// <param name="Text">The text, without the indentation of the fence.</param>
/// <param name="Section">The heading above the block.</param>
/// <param name="Marks">The marks in the comments before the block: see <see cref="Mark"/>.</param>
internal sealed record CodeBlock(
    Page Page,
    int Line,
    string Language,
    string Text,
    string Section,
    IReadOnlyDictionary<string, string> Marks
)
{
    /// <summary>Gets the name of the block in tests: <c>docs/maps/hash.md:31</c>.</summary>
    public string Name => $"{Page.Path}:{Line}";

    /// <summary>Gets the previous block of the same language.</summary>
    public CodeBlock? Previous => Page.Blocks.LastOrDefault(block => block.Line < Line && block.Language == Language);

    public bool Has(string mark) => Marks.ContainsKey(mark);

    /// <summary>Gets the comma-separated values of a mark; empty if the mark is missing.</summary>
    public string[] Words(string mark) =>
        Marks.TryGetValue(mark, out string? words)
            ? words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];

    public override string ToString() => Name;
}
