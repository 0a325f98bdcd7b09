using System.Text;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Text of others in documentation comments and in literals.</summary>
internal static class DocText
{
    /// <summary>Text for a documentation comment. What would end its line or its element is escaped.</summary>
    public static string Xml(string text) =>
        OutsideText.Escape(OutsideText.Shorten(text)).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A string literal.</summary>
    public static string Literal(string text)
    {
        StringBuilder result = new("\"", text.Length + 2);
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                result.Append('\\').Append(c);
            else if (OutsideText.IsPlain(c))
                result.Append(c);
            else
                OutsideText.AppendEscaped(result, c);
        }
        return result.Append('"').ToString();
    }
}
