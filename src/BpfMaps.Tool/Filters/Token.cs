using System.Text.RegularExpressions;

namespace BpfMaps.Tool.Filters;

/// <summary>A part of an expression: a name, a number, an address, a quoted text or a sign.</summary>
/// <param name="Kind">The kind of the part.</param>
/// <param name="Text">Its text, without quotation marks.</param>
/// <param name="Position">Its position in the expression, starting at 0.</param>
internal readonly partial record struct Token(TokenKind Kind, string Text, int Position)
{
    /// <exception cref="ArgumentException">The text has a part that is none of these.</exception>
    public static List<Token> Split(string text)
    {
        List<Token> tokens = [];
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            System.Text.RegularExpressions.Match match = Part().Match(text, at);
            if (!match.Success)
                throw new ArgumentException($"'{text}' has '{text[at]}' at position {at + 1}, which is no part of an expression");
            Group group = match.Groups.Values.Skip(1).First(static group => group.Success);
            string part = group.Value;
            tokens.Add(new(Enum.Parse<TokenKind>(group.Name), group.Name == nameof(TokenKind.Quoted) ? part[1..^1] : part, at));
            at += match.Length;
        }
        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens;
    }

    [GeneratedRegex(
        """
            \G(?:
              (?<Address>\d+\.\d+\.\d+\.\d+(/\d+)?|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/\d+)?)
            | (?<Number>0[xX][0-9a-fA-F_]+|0[bB][01_]+|\d[\d_]*(\.\d+)?([eE][-+]?\d+)?)
            | (?<Name>[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*|\[\d+\])*)
            | (?<Quoted>"[^"]*"|'[^']*')
            | (?<Sign>&&|\|\||==|!=|<=|>=|<<|>>|[-+*/%&|^!<>()~])
            )
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Part();
}
