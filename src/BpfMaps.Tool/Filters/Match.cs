using System.Text.RegularExpressions;

namespace BpfMaps.Tool.Filters;

/// <summary>Whether a text matches a regular expression: <c>comm ~ '^kworker'</c>.</summary>
internal sealed class Match(Expression text, string pattern) : Expression(ExpressionKind.Condition, $"{text.Source} ~ '{pattern}'")
{
    // Takes time proportional to the text, whatever the pattern is.
    private readonly Regex _pattern = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public override bool IsTrue(EntryBytes entry) => _pattern.IsMatch(text.Text(entry));
}
