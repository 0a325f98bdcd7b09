namespace BpfMaps.Tool.Building;

/// <summary>Reads the lines of a build request. Each has a keyword and a value, in the order of BpfMaps.targets.</summary>
/// <remarks>
/// The numbers of names precede the names. A name with a line break therefore cannot become another value: the numbers do not match,
/// and the request is rejected.
/// </remarks>
internal sealed class RequestLines(string path)
{
    private readonly string[] _lines = File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    private int _next;

    public string Version => _lines[0];

    /// <exception cref="BuildFailure">The next line has another keyword.</exception>
    public string Take(string keyword)
    {
        string line = _next < _lines.Length ? _lines[_next++] : "";
        if (line == keyword)
            return "";
        return line.StartsWith(keyword + " ", StringComparison.Ordinal) ? line[(keyword.Length + 1)..] : throw Unexpected();
    }

    public int TakeNumber(string keyword) => int.TryParse(Take(keyword), out int number) && number >= 0 ? number : throw Unexpected();

    /// <exception cref="BuildFailure">The number of remaining lines differs.</exception>
    public void ExpectLeft(int count)
    {
        if (_lines.Length - _next != count)
            throw Unexpected();
    }

    private static BuildFailure Unexpected() =>
        new(
            BuildMessage.BadItem,
            "A name among the items BpfProgram and BpfObject, or in BpfIncludePath, contains a line break. Rename the file or folder."
        );
}
