using System.Globalization;
using System.Text.RegularExpressions;

namespace BpfMaps.Tool.Building;

/// <summary>Converts the output of clang to build messages with locations in C sources.</summary>
internal static partial class ClangOutput
{
    /// <param name="text">The standard error of clang.</param>
    /// <param name="folder">The working directory of clang.</param>
    /// <param name="source">The compiled source, for messages without a location.</param>
    public static IEnumerable<BuildMessage> Read(string text, string folder, string source)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Match placed = Placed().Match(line);
            if (placed.Success)
            {
                string file = Path.GetFullPath(placed.Groups["file"].Value, folder);
                yield return new(
                    KindOf(placed),
                    BuildMessage.ClangReported,
                    file,
                    Number(placed, "line"),
                    Number(placed, "column"),
                    placed.Groups["text"].Value
                );
                continue;
            }

            if (Count().IsMatch(line))
                continue;
            Match general = General().Match(line);
            yield return general.Success
                ? new(KindOf(general), BuildMessage.ClangReported, source, 0, 0, general.Groups["text"].Value)
                : BuildMessage.Note(line);
        }
    }

    private static string KindOf(Match match) => match.Groups["kind"].Value == "warning" ? "warning" : "error";

    private static int Number(Match match, string group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    [GeneratedRegex(
        "^(?<file>.+):(?<line>[0-9]+):(?<column>[0-9]+): (fatal )?(?<kind>error|warning): (?<text>.*)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Placed();

    [GeneratedRegex("^[0-9]+ (warning|error)s?( and [0-9]+ errors?)? generated\\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex("^[^ ]+: (fatal )?(?<kind>error|warning): (?<text>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex General();
}
