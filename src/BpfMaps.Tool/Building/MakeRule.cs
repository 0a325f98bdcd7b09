using System.Text;

namespace BpfMaps.Tool.Building;

/// <summary>Reads the file that clang writes with -MD: a rule of make's, with the files that a compilation read.</summary>
internal static class MakeRule
{
    /// <returns>The prerequisites of the rule, as clang spelled them.</returns>
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
        // The first word is the target of the rule; the compiler is told to call it so.
        return words.Count != 0 && words[0] == Target + ":" ? words[1..] : words;
    }

    /// <summary>What the rule makes, as the compiler is told with -MT.</summary>
    public const string Target = "object";

    private static void AddWord(List<string> words, StringBuilder word)
    {
        if (word.Length != 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
