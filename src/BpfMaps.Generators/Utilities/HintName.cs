using System.Globalization;
using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>Creates names of generated files.</summary>
/// <remarks>
/// Names that differ only by case would collide on case-insensitive file systems (and Roslyn rejects them), and
/// <c>A.B</c> may be a class in a namespace or in another class. So a hash of the exact metadata name follows the readable part. The hash
/// depends on nothing else, so adding a class does not change the file names of others.
/// </remarks>
internal static class HintName
{
    public const string Suffix = ".BpfMap.g.cs";

    // Most file systems limit file names to 255 bytes, and Windows may limit paths to 260 characters.
    private const int LongestReadablePart = 96;

    public static string For(string metadataName, string suffix = Suffix)
    {
        StringBuilder name = new();
        foreach (char c in metadataName)
            name.Append(
                c is '+' ? '.'
                : IsPlain(c) ? c
                : '_'
            );
        if (name.Length > LongestReadablePart)
            name.Remove(0, name.Length - LongestReadablePart);
        return name.Append('.').Append(Hash(metadataName).ToString("x8", CultureInfo.InvariantCulture)).Append(suffix).ToString();
    }

    private static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_';

    // FNV-1a: string.GetHashCode differs from run to run.
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
            hash = unchecked((hash ^ c) * 16777619);
        return hash;
    }
}
