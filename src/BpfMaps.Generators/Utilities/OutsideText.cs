using System.Globalization;
using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>Text that comes from outside: names of files and of what objects and kernels hold. Anyone can have chosen it.</summary>
internal static class OutsideText
{
    private const int MostCharacters = 512;

    /// <summary>Whether a character shows as itself and changes nothing around it: not a control character, and none that turns the direction of text.</summary>
    public static bool IsPlain(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>The text on one line, for terminals, comments and messages: characters that are not plain become <c>\uXXXX</c>.</summary>
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

    /// <summary>The beginning of a text that may be repeated: one long name in an object can be the name of many things.</summary>
    public static string Shorten(string text) => text.Length > MostCharacters ? text.Substring(0, MostCharacters) + "..." : text;

    public static void AppendEscaped(StringBuilder text, char c) => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
}
