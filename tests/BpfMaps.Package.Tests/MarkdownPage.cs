using System.Text.RegularExpressions;

namespace BpfMaps.Tests;

/// <summary>Extracts code from a README.</summary>
internal static partial class MarkdownPage
{
    /// <summary>Gets the first C# block.</summary>
    public static string FirstCode(string page) => Code().Match(page).Groups[1].Value;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
