using System.Text.RegularExpressions;

namespace BpfMaps.Tests;

/// <summary>What stands in a README.</summary>
internal static partial class MarkdownPage
{
    /// <summary>The first block of C#.</summary>
    public static string FirstCode(string page) => Code().Match(page).Groups[1].Value;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
