using System.Globalization;
using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>Escapes untrusted text, such as names of files, and names in objects and kernels.</summary>
internal static class OutsideText
{
    private const int MostCharacters = 512;

    /// <summary>
    /// Gets whether a character is displayed as itself and does not affect other text, unlike control characters and direction marks.
    /// </summary>
    public static bool IsPlain(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );

    /// <summary>Escapes characters that are not plain as <c>\uXXXX</c>, for text on one line of terminals, comments and messages.</summary>
    public static string Escape(string text)
    {
        if (text.All(IsPlain))
            return text;
        StringBuilder result = new(text.Length);
        foreach (char c in text)
        {
            if (IsPlain(c))
                result.Append(c);
            else
                AppendEscaped(result, c);
        }
        return result.ToString();
    }

    /// <summary>Truncates a text that may be repeated often: many types in an object can have the same long name.</summary>
    public static string Shorten(string text) => text.Length > MostCharacters ? text.Substring(0, MostCharacters) + "..." : text;

    public static void AppendEscaped(StringBuilder text, char c) =>
        text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
}
