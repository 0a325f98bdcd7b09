using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BpfMaps.Generators.Layouts;

/// <summary>A parsed <c>.layout</c> file of a compilation, for analyzers.</summary>
internal sealed class ObjectLayout
{
    /// <summary>
    /// Parses each version of a file once. Compilers and editors cache the value with the text, and all analyzers share it.
    /// </summary>
    public static AdditionalTextValueProvider<ObjectLayout> Provider { get; } = new(static text => new(text, CancellationToken.None));

    private readonly SourceText _text;
    private readonly Lazy<Dictionary<string, int>> _mapLines;

    public ObjectLayout(AdditionalText file, CancellationToken cancellation)
    {
        Path = file.Path;
        _mapLines = new(FindMapLines);
        Name = ObjectFileNames.ObjectOf(file.Path);
        _text = file.GetText(cancellation) ?? SourceText.From("");
        File = LayoutFileParser.Parse(_text.ToString(), out LayoutFileError? error);
        Error = error;
        Types = (File?.Types ?? []).ToDictionary(static t => t.Token, StringComparer.Ordinal);
    }

    public string Path { get; }

    /// <summary>The name of the object file: <c>flow.bpf.o</c> for <c>flow.bpf.layout</c>.</summary>
    public string Name { get; }

    /// <summary>The contents of the file; <see langword="null"/> exactly if there is an <see cref="Error"/>.</summary>
    public LayoutFile? File { get; }

    public LayoutFileError? Error { get; }

    /// <summary>The structs, unions and enumerations by token.</summary>
    public IReadOnlyDictionary<string, LayoutType> Types { get; }

    public static bool IsLayout(AdditionalText file) => ObjectFileNames.IsLayout(file.Path);

    /// <summary>Gets the location of a line. The first line is 1.</summary>
    public Location LocationOf(int line)
    {
        TextSpan span = line <= _text.Lines.Count ? _text.Lines[line - 1].Span : default;
        return Location.Create(Path, span, _text.Lines.GetLinePositionSpan(span));
    }

    /// <summary>Gets the location of the line of a map.</summary>
    public Location LocationOfMap(LayoutMap map) => LocationOf(_mapLines.Value.TryGetValue(map.Name, out int line) ? line : 1);

    private Dictionary<string, int> FindMapLines()
    {
        const string head = "map ";
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (TextLine line in _text.Lines)
        {
            string text = line.ToString();
            if (text.StartsWith(head, StringComparison.Ordinal) && text.IndexOf(' ', head.Length) is > 0 and var end)
                lines[text.Substring(head.Length, end - head.Length)] = line.LineNumber + 1;
        }
        return lines;
    }
}
