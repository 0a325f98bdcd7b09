using System.Globalization;
using System.Text;

namespace BpfMaps.Tool.Building;

/// <summary>Escapes text for MSBuild.</summary>
internal static class MSBuildText
{
    private const string Special = "%*?@$();'\"<>&`";

    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char next in text)
        {
            if (Special.Contains(next, StringComparison.Ordinal) || next < ' ')
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)next:X2}");
            else
                escaped.Append(next);
        }
        return escaped.ToString();
    }
}
