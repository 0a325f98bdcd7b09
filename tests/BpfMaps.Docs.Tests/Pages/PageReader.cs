using System.Text.RegularExpressions;

namespace BpfMaps.Docs.Tests.Pages;

/// <summary>Parses the Markdown that the pages use: headings, fenced blocks, and the comments before them.</summary>
internal static partial class PageReader
{
    /// <param name="path">The path of the page in the repository.</param>
    /// <param name="text">The text of the page.</param>
    /// <param name="marks">Marks of each C# block, in addition to those in the comments before it.</param>
    public static Page Read(string path, string text, string marks = "")
    {
        Page page = new(path);
        string section = "";
        List<string> comments = [];
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index];
            if (Fence().Match(line) is { Success: true } fence)
            {
                int start = index + 1;
                index = EndOf(path, lines, start, fence.Groups["fence"].Value);
                if (marks.Length != 0 && fence.Groups["language"].Value == "csharp")
                    comments.Add(marks);
                string content = Unindented(lines[start..index], fence.Groups["indent"].Length);
                page.Blocks.Add(
                    new CodeBlock(page, start + 1, fence.Groups["language"].Value, content, section, Marks(comments, $"{path}:{start}"))
                );
                comments.Clear();
            }
            else if (Comment().Match(line) is { Success: true } comment)
            {
                comments.Add(comment.Groups["text"].Value);
            }
            else if (line.Trim().Length != 0)
            {
                Assert.True(comments.Count == 0, $"{path}:{index + 1}: a comment for the tests must precede a block.");
                if (Heading().Match(line) is { Success: true } heading)
                {
                    section = heading.Groups["text"].Value;
                    AddAnchor(page, section);
                }

                page.Prose.Add((index + 1, line));
            }
        }

        return page;
    }

    private static int EndOf(string path, string[] lines, int start, string fence)
    {
        for (int index = start; index < lines.Length; index++)
        {
            if (lines[index].Trim() == fence)
                return index;
        }

        throw new FormatException($"{path}:{start}: the block has no end.");
    }

    private static string Unindented(IEnumerable<string> lines, int indent) =>
        string.Concat(lines.Select(line => line[Math.Min(indent, line.Length - line.TrimStart().Length)..] + "\n"));

    private static Dictionary<string, string> Marks(IEnumerable<string> comments, string place)
    {
        Dictionary<string, string> marks = [];
        foreach (string part in comments.SelectMany(static comment => comment.Split(';', StringSplitOptions.TrimEntries)))
        {
            string[] words = part.Split(':', 2, StringSplitOptions.TrimEntries);
            Assert.True(Mark.All.Contains(words[0]), $"{place}: '{words[0]}' is not a mark; the marks are {string.Join(", ", Mark.All)}.");
            marks.Add(words[0], words.ElementAtOrDefault(1) ?? "");
        }

        return marks;
    }

    /// <summary>
    /// Creates anchors as GitHub does: lower case, no punctuation, dashes instead of spaces, and numbered from the second one on.
    /// </summary>
    private static void AddAnchor(Page page, string heading)
    {
        string anchor = NotInAnchors().Replace(Link().Replace(heading, "$1").Trim().ToLowerInvariant(), "").Replace(' ', '-');
        string candidate = anchor;
        for (int number = 1; !page.Anchors.Add(candidate); number++)
            candidate = $"{anchor}-{number}";
    }

    [GeneratedRegex("^(?<indent> *)(?<fence>```+)(?<language>[a-z]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex("^ *<!-- (?<text>.*) -->$")]
    private static partial Regex Comment();

    [GeneratedRegex("^#{1,6} (?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}
