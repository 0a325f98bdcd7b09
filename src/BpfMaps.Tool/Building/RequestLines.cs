namespace BpfMaps.Tool.Building;

/// <summary>The lines of what a build asks of the tool, a keyword and a value each, in the order that BpfMaps.targets writes.</summary>
/// <remarks>
/// The lines say how many names follow before the names do. A name with a line break in it therefore never becomes another value: the numbers no longer fit,
/// and the request is refused.
/// </remarks>
internal sealed class RequestLines(string path)
{
    private readonly string[] _lines = File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    private int _next;

    public string Version => _lines[0];

    /// <exception cref="BuildFailure">The next line is not of this keyword.</exception>
    public string Take(string keyword)
    {
        string line = _next < _lines.Length ? _lines[_next++] : "";
        if (line == keyword)
            return "";
        return line.StartsWith(keyword + " ", StringComparison.Ordinal) ? line[(keyword.Length + 1)..] : throw Unexpected();
    }

    public int TakeNumber(string keyword) => int.TryParse(Take(keyword), out int number) && number >= 0 ? number : throw Unexpected();

    /// <exception cref="BuildFailure">Another number of lines is left.</exception>
    public void ExpectLeft(int count)
    {
        if (_lines.Length - _next != count)
            throw Unexpected();
    }

    private static BuildFailure Unexpected() => new(
        BuildMessage.BadItem, "A name among the items BpfProgram and BpfObject, or in BpfIncludePath, contains a line break. Rename the file or folder.");
}
