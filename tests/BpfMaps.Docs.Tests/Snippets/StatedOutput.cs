using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Pages;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>Compares the output of a block with the next block, if that is marked as its output.</summary>
internal static class StatedOutput
{
    public static void Check(CodeBlock block, string output)
    {
        if (block.Page.Blocks.SkipWhile(other => other != block).Skip(1).FirstOrDefault() is not { } next || !next.Has(Mark.Output))
            return;
        // A line of its own stands for any lines.
        string pattern =
            "^"
            + Regex
                .Escape(next.Text.TrimEnd())
                .Replace(@"\n\.\.\.\n", @"\n(?:.*\n)*", StringComparison.Ordinal)
                .Replace(@"\.\.\.", ".*", StringComparison.Ordinal)
            + "$";
        Assert.True(
            Regex.IsMatch(output.TrimEnd(), pattern),
            $"{next} states that the previous block prints\n{next.Text}but it prints\n{output}"
        );
    }
}
