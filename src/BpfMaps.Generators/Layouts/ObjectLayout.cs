using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BpfMaps.Generators.Layouts;

/// <summary>One <c>.layout</c> among a compilation's additional files, read, for the analyzers.</summary>
internal sealed class ObjectLayout
{
    /// <summary>Read once for as long as the file stays the same: the compiler and the editor keep the value with the text. Shared by the analyzers.</summary>
    public static AdditionalTextValueProvider<ObjectLayout> Provider { get; } = new(static text => new(text, CancellationToken.None));

    private readonly SourceText _text;

    public ObjectLayout(AdditionalText file, CancellationToken cancellation)
    {
        Path = file.Path;
        Name = ObjectFiles.ObjectOf(file.Path);
        _text = file.GetText(cancellation) ?? SourceText.From("");
        File = LayoutFileParser.Parse(_text.ToString(), out LayoutFileError? error);
        Error = error;
        Types = (File?.Types ?? []).ToDictionary(static t => t.Token, StringComparer.Ordinal);
    }

    public string Path { get; }

    /// <summary>The name of the object's file: <c>flow.bpf.o</c> for <c>flow.bpf.layout</c>.</summary>
    public string Name { get; }

    /// <summary>What the file says; <see langword="null"/> exactly when there is an <see cref="Error"/>.</summary>
    public LayoutFile? File { get; }

    public LayoutFileError? Error { get; }

    /// <summary>The structs, unions and enumerations by their words.</summary>
    public IReadOnlyDictionary<string, LayoutType> Types { get; }

    public static bool IsLayout(AdditionalText file) => ObjectFiles.IsLayout(file.Path);

    /// <summary>The place of a line, from 1.</summary>
    public Location LocationOf(int line)
    {
        TextSpan span = line <= _text.Lines.Count ? _text.Lines[line - 1].Span : default;
        return Location.Create(Path, span, _text.Lines.GetLinePositionSpan(span));
    }

    /// <summary>The place of a map's line.</summary>
    public Location LocationOfMap(LayoutMap map)
    {
        foreach (TextLine line in _text.Lines)
        {
            if (line.ToString().StartsWith($"map {map.Name} ", StringComparison.Ordinal))
                return LocationOf(line.LineNumber + 1);
        }
        return LocationOf(1);
    }
}
