using System.Globalization;

namespace BpfMaps.Tool.Building;

/// <summary>A message of the build.</summary>
/// <param name="Kind"><c>error</c>, <c>warning</c> or <c>message</c>.</param>
/// <param name="Code">The diagnostic id; empty for messages.</param>
/// <param name="File">The full path of the file; empty if the message is not about a file.</param>
internal sealed record BuildMessage(string Kind, string Code, string File, int Line, int Column, string Text)
{
    public const string ClangMissing = "BPFMAP100";
    public const string ClangReported = "BPFMAP102";
    public const string BadObject = "BPFMAP103";
    public const string BadItem = "BPFMAP104";
    public const string ToolFailed = "BPFMAP105";

    /// <summary>Whether it has a location in a C source.</summary>
    public bool IsPlaced => Line != 0;

    public bool IsError => Kind == "error";

    public static BuildMessage Error(string code, string file, string text) => new("error", code, file, 0, 0, text);

    public static BuildMessage Note(string text) => new("message", "", "", 0, 0, text);

    /// <summary>Writes the fields in one line for BpfMaps.targets, without characters that have a special meaning in MSBuild.</summary>
    public string Encode(bool isLastError)
    {
        string[] fields = [isLastError ? "last" : Kind, Code, File, Text];
        return string.Join('|', fields.Select(Uri.EscapeDataString));
    }

    /// <summary>Writes a line in the format of compiler messages, which MSBuild recognizes in the output of programs.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Kind} {Code}: {Text}");
}
