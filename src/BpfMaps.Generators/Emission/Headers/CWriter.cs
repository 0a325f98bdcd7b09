using System.Text;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes C, indented with tabs as kernel sources are.</summary>
internal sealed class CWriter
{
    private const int Width = 100;
    private const int TabWidth = 8;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one or more lines at the current depth.</summary>
    public void WriteLine(string lines = "")
    {
        foreach (string line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
                _text.Append('\t', _depth).Append(line);
            _text.Append('\n');
        }
    }

    /// <summary>Writes a comment, in several lines if it is long.</summary>
    public void Comment(string text)
    {
        // The text comes from the user: it must neither end the comment nor seem to begin another one (-Wcomment).
        text = OutsideText.Escape(text.Replace("*/", "* /").Replace("/*", "/ *"));
        int room = Width - (_depth * TabWidth) - "/*  */".Length;
        List<string> lines = Wrap(text, room);
        if (lines.Count == 1)
        {
            WriteLine($"/* {lines[0]} */");
            return;
        }
        WriteLine("/*");
        foreach (string line in lines)
            WriteLine(" * " + line);
        WriteLine(" */");
    }

    public void Indent() => _depth++;

    public void Unindent() => _depth--;

    public override string ToString() => _text.ToString();

    private static List<string> Wrap(string text, int room)
    {
        List<string> lines = [];
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                lines.Add(line.ToString());
                line.Clear();
            }
            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }
        lines.Add(line.ToString());
        return lines;
    }
}
