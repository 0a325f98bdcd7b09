using System.Text;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Escapes untrusted text for documentation comments and literals.</summary>
internal static class DocText
{
    /// <summary>Escapes text for a documentation comment.</summary>
    public static string Xml(string text) =>
        OutsideText.Escape(OutsideText.Shorten(text)).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>Writes text as a C# string literal.</summary>
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
