namespace BpfMaps.Docs.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The line of its first line of text, from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">The text, without the indentation of the fence.</param>
/// <param name="Section">The heading that it stands below.</param>
/// <param name="Marks">What the comments before it say: see <see cref="Mark"/>.</param>
internal sealed record CodeBlock(Page Page, int Line, string Language, string Text, string Section, IReadOnlyDictionary<string, string> Marks)
{
    /// <summary>How tests name it: <c>docs/maps/hash.md:31</c>.</summary>
    public string Name => $"{Page.Path}:{Line}";

    /// <summary>The block of the same language before it.</summary>
    public CodeBlock? Previous => Page.Blocks.LastOrDefault(block => block.Line < Line && block.Language == Language);

    public bool Has(string mark) => Marks.ContainsKey(mark);

    /// <summary>The words of a mark, between commas; none if it is not there.</summary>
    public string[] Words(string mark) => Marks.TryGetValue(mark, out string? words) ? words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    public override string ToString() => Name;
}
