using System.Text;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Converts C names to names of public C# members: <c>source_port</c> to <c>SourcePort</c>.</summary>
internal sealed class MemberNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <param name="taken">Names that already exist.</param>
    public MemberNames(IEnumerable<string> taken) => _taken.UnionWith(taken);

    /// <summary>Gets an unused name.</summary>
    /// <param name="otherwise">The suffix for names that already exist.</param>
    public string Take(string name, string otherwise = "")
    {
        string wanted = Pascal(name);
        if (_taken.Add(wanted))
            return wanted;
        if (otherwise.Length > 0 && _taken.Add(wanted + otherwise))
            return wanted + otherwise;
        for (int number = 2; ; number++)
        {
            string numbered = wanted + otherwise + number.Text();
            if (_taken.Add(numbered))
                return numbered;
        }
    }

    /// <summary>Gets an unused name for padding.</summary>
    public string TakePadding() => PaddingFields.TakeName(_taken.Add);

    public static string Pascal(string name)
    {
        StringBuilder text = new();
        bool startsWord = true;
        foreach (char c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
            {
                startsWord = true;
                continue;
            }
            text.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = false;
        }
        if (text.Length == 0)
            return "Unnamed";
        return char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }
}
