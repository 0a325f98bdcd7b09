using System.Globalization;

namespace BpfMaps.Tool.Building;

/// <summary>Something that the build shows to its user.</summary>
/// <param name="Kind">error, warning or message.</param>
/// <param name="Code">Empty for messages.</param>
/// <param name="File">A full path; empty if no file is concerned.</param>
internal sealed record BuildMessage(string Kind, string Code, string File, int Line, int Column, string Text)
{
    public const string ClangMissing = "BPFMAP100";
    public const string ClangReported = "BPFMAP102";
    public const string BadObject = "BPFMAP103";
    public const string BadItem = "BPFMAP104";
    public const string ToolFailed = "BPFMAP105";

    /// <summary>Whether it has a place in a C source.</summary>
    public bool IsPlaced => Line != 0;

    public bool IsError => Kind == "error";

    public static BuildMessage Error(string code, string file, string text) => new("error", code, file, 0, 0, text);

    public static BuildMessage Note(string text) => new("message", "", "", 0, 0, text);

    /// <summary>One line of fields for BpfMaps.targets. No field has a character that MSBuild gives a meaning.</summary>
    public string Encode(bool isLastError)
    {
        string[] fields = [isLastError ? "last" : Kind, Code, File, Text];
        return string.Join('|', fields.Select(Uri.EscapeDataString));
    }

    /// <summary>A line that MSBuild understands where a task runs a program.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Kind} {Code}: {Text}");
}

/// <summary>Ends a build with one error.</summary>
internal sealed class BuildFailure(string code, string text, string file = "") : Exception(text)
{
    public BuildMessage Report { get; } = BuildMessage.Error(code, file, text);
}
