using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>Writes indented lines that end in LF on every system, so that the output is the same everywhere.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one or more lines (a raw string) at the current depth; line ends are normalised.</summary>
    public void WriteLine(string lines = "")
    {
        foreach (string line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', _depth * 4).Append(line);
            _text.Append('\n');
        }
    }

    /// <summary>Writes an opening brace; the lines up to <see cref="CloseBlock"/> are one level deeper.</summary>
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
