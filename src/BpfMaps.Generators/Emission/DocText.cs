using System.Text;

namespace BpfMaps.Generators.Emission;

/// <summary>Text of others in documentation comments and in literals.</summary>
internal static class DocText
{
    /// <summary>Text for a documentation comment. What would end its line or its element is replaced.</summary>
    public static string Xml(string text)
    {
        StringBuilder result = new(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                _ when IsBreak(c) => result.Append('?'),
                _ => result.Append(c),
            };
        }
        return result.ToString();
    }

    /// <summary>A string literal.</summary>
    public static string Literal(string text)
    {
        StringBuilder result = new("\"", text.Length + 2);
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                result.Append('\\').Append(c);
            else if (IsBreak(c))
                result.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                result.Append(c);
        }
        return result.Append('"').ToString();
    }

    private static bool IsBreak(char c) => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029';
}
