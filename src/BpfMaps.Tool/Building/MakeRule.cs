using System.Text;

namespace BpfMaps.Tool.Building;

/// <summary>Parses the file that clang writes with -MD: a make rule with the files that it read.</summary>
internal static class MakeRule
{
    /// <returns>The prerequisites of the rule, as clang wrote them.</returns>
    public static List<string> Prerequisites(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        for (int at = 0; at < text.Length; at++)
        {
            char next = text[at];
            char after = at + 1 < text.Length ? text[at + 1] : '\0';
            if (next == '\\' && after is ' ' or '#')
            {
                word.Append(after);
                at++;
            }
            else if (next == '\\' && (after == '\n' || (after == '\r' && text.AsSpan(at + 2).StartsWith("\n"))))
            {
                AddWord(words, word);
            }
            else if (next == '$' && after == '$')
            {
                word.Append('$');
                at++;
            }
            else if (next is ' ' or '\t' or '\r' or '\n')
            {
                AddWord(words, word);
            }
            else
            {
                word.Append(next);
            }
        }

        AddWord(words, word);
        // The first word is the target of the rule, which the -MT option sets.
        return words.Count != 0 && words[0] == Target + ":" ? words[1..] : words;
    }

    /// <summary>The target of the rule, for the -MT option.</summary>
    public const string Target = "object";

    private static void AddWord(List<string> words, StringBuilder word)
    {
        if (word.Length != 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
