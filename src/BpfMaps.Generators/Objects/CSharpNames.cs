using System.Text;

namespace BpfMaps.Generators.Objects;

/// <summary>Converts C names to C# names.</summary>
internal static class CSharpNames
{
    // The compiler accepts 511 characters; some are reserved for numbers and suffixes.
    private const int MostCharacters = 200;

    /// <summary>
    /// Names that declarations for users must not have: those that their text uses, which would change their meaning, and root namespaces,
    /// which matter for code without a namespace. A test finds missing names.
    /// </summary>
    public static readonly IReadOnlyList<string> UsedByDeclarations =
    [
        .. NameScope.OfObject,
        "System",
        "Microsoft",
        "Internal",
        "BpfMaps",
        "BpfMap",
        "BpfMapAttribute",
        "BpfMapType",
        "BpfMapFlags",
        "BpfText",
        "BpfSpinLock",
        "BpfCgroupStorageKey",
        "LpmKey",
        "Be16",
        "Be32",
        "Be64",
        "Bytes8",
        "Bytes16",
        "Bytes32",
        "Bytes64",
        "Bytes128",
        "Bytes256",
        "Int128",
        "UInt128",
        "StructLayout",
        "StructLayoutAttribute",
        "LayoutKind",
        "FieldOffset",
        "FieldOffsetAttribute",
        "InlineArray",
        "InlineArrayAttribute",
    ];

    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "abstract",
        "as",
        "base",
        "bool",
        "break",
        "byte",
        "case",
        "catch",
        "char",
        "checked",
        "class",
        "const",
        "continue",
        "decimal",
        "default",
        "delegate",
        "do",
        "double",
        "else",
        "enum",
        "event",
        "explicit",
        "extern",
        "false",
        "finally",
        "fixed",
        "float",
        "for",
        "foreach",
        "goto",
        "if",
        "implicit",
        "in",
        "int",
        "interface",
        "internal",
        "is",
        "lock",
        "long",
        "namespace",
        "new",
        "null",
        "object",
        "operator",
        "out",
        "override",
        "params",
        "private",
        "protected",
        "public",
        "readonly",
        "ref",
        "return",
        "sbyte",
        "sealed",
        "short",
        "sizeof",
        "stackalloc",
        "static",
        "string",
        "struct",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "uint",
        "ulong",
        "unchecked",
        "unsafe",
        "ushort",
        "using",
        "virtual",
        "void",
        "volatile",
        "while",
    };

    /// <summary>
    /// Converts to Pascal case: <c>rx_bytes</c> to <c>RxBytes</c>, <c>TCP_SYN</c> to <c>TcpSyn</c>, <c>flows@key</c> to <c>FlowsKey</c>.
    /// </summary>
    /// <remarks>C# keywords do not begin with an upper-case letter, so the result never needs an escape.</remarks>
    /// <param name="fallback">The result for names without letters or digits.</param>
    public static string Pascal(string name, string fallback)
    {
        StringBuilder result = new();
        foreach (string word in Words(name))
        {
            bool isShouted = word.All(static c => !char.IsLower(c));
            result.Append(char.ToUpperInvariant(word[0])).Append(isShouted ? word.Substring(1).ToLowerInvariant() : word.Substring(1));
            if (result.Length > MostCharacters)
                break;
        }
        if (result.Length == 0)
            return fallback;
        if (result.Length > MostCharacters)
            result.Length = MostCharacters;
        return char.IsDigit(result[0]) || char.IsLower(result[0]) ? "_" + result : result.ToString();
    }

    /// <summary>Gets the name of a map without a trailing Map, which the name of its class adds.</summary>
    public static string OfMap(string name)
    {
        const string Tail = "Map";
        string pascal = Pascal(name, Tail);
        return pascal.Length > Tail.Length && pascal.EndsWith(Tail, StringComparison.Ordinal)
            ? pascal.Substring(0, pascal.Length - Tail.Length)
            : pascal;
    }

    /// <summary>Gets a C# namespace with escaped keywords.</summary>
    /// <returns><see langword="null"/> if the text is not a namespace.</returns>
    public static string? Namespace(string text)
    {
        string[] parts = text.Split('.');
        if (
            !Array.TrueForAll(
                parts,
                static part => part.Length > 0 && part.All(static c => c == '_' || IsPart(c)) && !char.IsDigit(part[0])
            )
        )
            return null;
        return string.Join(".", parts.Select(static part => s_keywords.Contains(part) ? "@" + part : part));
    }

    private static IEnumerable<string> Words(string name)
    {
        int start = 0;
        for (int index = 0; index <= name.Length; index++)
        {
            if (index < name.Length && IsPart(name[index]))
                continue;
            if (index > start)
                yield return name.Substring(start, index - start);
            start = index + 1;
        }
    }

    // C identifiers may contain letters of other alphabets. Other Unicode characters of identifiers are replaced.
    private static bool IsPart(char c) => char.IsLetter(c) || c is >= '0' and <= '9';
}
