using System.Text;

namespace BpfMaps.Tool.Building;

/// <summary>
/// Splits flags into arguments at white space, with quoting by '...', "..." and \ as in a shell, but without other shell syntax.
/// </summary>
internal static class CommandLineText
{
    public static List<string> Split(string text)
    {
        List<string> arguments = [];
        StringBuilder argument = new();
        bool isOpen = false;
        char quote = '\0';
        for (int at = 0; at < text.Length; at++)
        {
            char next = text[at];
            if (next == '\\' && quote != '\'' && at + 1 < text.Length && (quote == '\0' || text[at + 1] is '"' or '\\'))
            {
                argument.Append(text[++at]);
                isOpen = true;
            }
            else if (quote != '\0' ? next == quote : next is '\'' or '"')
            {
                quote = quote == '\0' ? next : '\0';
                isOpen = true;
            }
            else if (quote != '\0' || !char.IsWhiteSpace(next))
            {
                argument.Append(next);
                isOpen = true;
            }
            else if (isOpen)
            {
                arguments.Add(argument.ToString());
                argument.Clear();
                isOpen = false;
            }
        }

        if (isOpen)
            arguments.Add(argument.ToString());
        return arguments;
    }
}
