using System.Text;

namespace BpfMaps.Generators.Objects;

/// <summary>C# names for C ones.</summary>
internal static class CSharpNames
{
    /// <summary><c>rx_bytes</c> is <c>RxBytes</c>, <c>TCP_SYN</c> is <c>TcpSyn</c>, <c>flows@key</c> is <c>FlowsKey</c>.</summary>
    /// <remarks>No keyword of C# begins with an upper-case letter, so what comes out never needs an escape.</remarks>
    /// <param name="fallback">The name of what has none that C# could use.</param>
    public static string Pascal(string name, string fallback)
    {
        StringBuilder result = new();
        foreach (string word in Words(name))
        {
            bool isShouted = word.All(static c => !char.IsLower(c));
            result.Append(char.ToUpperInvariant(word[0])).Append(isShouted ? word.Substring(1).ToLowerInvariant() : word.Substring(1));
        }
        if (result.Length == 0)
            return fallback;
        return char.IsDigit(result[0]) || char.IsLower(result[0]) ? "_" + result : result.ToString();
    }

    /// <summary>The name of a map: without a trailing Map, as its class has one.</summary>
    public static string OfMap(string name)
    {
        const string Tail = "Map";
        string pascal = Pascal(name, Tail);
        return pascal.Length > Tail.Length && pascal.EndsWith(Tail, StringComparison.Ordinal) ? pascal.Substring(0, pascal.Length - Tail.Length) : pascal;
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

    // Letters of other alphabets are letters in C too; what else Unicode counts to identifiers is not worth a rule.
    private static bool IsPart(char c) => char.IsLetter(c) || c is >= '0' and <= '9';
}
