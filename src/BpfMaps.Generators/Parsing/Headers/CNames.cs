using System.Text;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Parsing;

/// <summary>Converts C# names to C names, with the opposite rules of those that convert C names to C#.</summary>
internal static class CNames
{
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "asm",
        "auto",
        "bool",
        "break",
        "case",
        "char",
        "const",
        "continue",
        "default",
        "do",
        "double",
        "else",
        "enum",
        "extern",
        "false",
        "float",
        "for",
        "goto",
        "if",
        "inline",
        "int",
        "linux",
        "long",
        "register",
        "restrict",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "struct",
        "switch",
        "true",
        "typedef",
        "typeof",
        "union",
        "unix",
        "unsigned",
        "void",
        "volatile",
        "while",
    };

    /// <summary>Converts to snake case: <c>RxBytes</c> to <c>rx_bytes</c>.</summary>
    public static string Snake(string name)
    {
        // BTF allows only these characters in names.
        StringBuilder plain = new();
        foreach (char c in MapNames.Snake(name))
            plain.Append(MapNames.IsAllowed(c) && c != '.' ? c : '_');
        if (plain.Length == 0 || char.IsDigit(plain[0]))
            plain.Insert(0, '_');
        string result = plain.ToString();
        return s_reserved.Contains(result) ? result + "_" : result;
    }

    /// <summary>Converts to upper case, for constants and macros: <c>Shared.Types</c> to <c>SHARED_TYPES</c>.</summary>
    public static string Upper(string name) => Snake(name.Replace('.', '_')).ToUpperInvariant();

    /// <summary>Gets whether C and BTF allow a name as it is.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(static c => MapNames.IsAllowed(c) && c != '.') && !s_reserved.Contains(name);

    /// <summary>Reserves a name, with a number if it is used.</summary>
    public static string Take(HashSet<string> used, string name)
    {
        string taken = name;
        for (int number = 2; !used.Add(taken); number++)
            taken = name + "_" + number.Text();
        return taken;
    }
}
