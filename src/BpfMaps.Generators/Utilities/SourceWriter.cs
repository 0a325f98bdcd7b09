using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>Writes indented lines that end with LF on all systems, so that the output is reproducible.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one or more lines (a raw string) at the current depth, and normalizes line endings.</summary>
    public void WriteLine(string lines = "")
    {
        lines = lines.Replace("\r\n", "\n");
        for (int start = 0; start <= lines.Length; )
        {
            int end = lines.IndexOf('\n', start);
            if (end < 0)
                end = lines.Length;
            if (end > start)
                _text.Append(' ', _depth * 4).Append(lines, start, end - start);
            _text.Append('\n');
            start = end + 1;
        }
    }

    /// <summary>Writes a line without indentation, whose further lines may be inside a literal.</summary>
    public void WriteVerbatim(string line) => _text.Append(line).Append('\n');

    /// <summary>Writes an opening brace, and indents the lines up to <see cref="CloseBlock"/>.</summary>
    public void OpenBlock()
    {
        WriteLine("{");
        _depth++;
    }

    public void CloseBlock()
    {
        _depth--;
        WriteLine("}");
    }

    public void Indent() => _depth++;

    public void Unindent() => _depth--;

    public override string ToString() => _text.ToString();
}
