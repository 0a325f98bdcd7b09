using System.Globalization;
using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>Names of generated files.</summary>
/// <remarks>
/// Two classes whose names differ only by case would share a file on a case-insensitive file system (and Roslyn refuses such a pair), and
/// <c>A.B</c> may be a class in a namespace or one in a class. So the readable part is followed by a hash of the exact metadata name. The hash depends on
/// nothing else: no class's file name changes because another class was added.
/// </remarks>
internal static class HintName
{
    public const string Suffix = ".BpfMap.g.cs";

    // File names end at 255 bytes on most file systems, and the folder of emitted files takes its share of Windows' 260.
    private const int LongestReadablePart = 96;

    public static string For(string metadataName, string suffix = Suffix)
    {
        StringBuilder name = new();
        foreach (char c in metadataName)
            name.Append(c is '+' ? '.' : IsPlain(c) ? c : '_');
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
