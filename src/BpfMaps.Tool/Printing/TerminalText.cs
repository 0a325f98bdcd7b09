using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes lines to terminals, which interpret some characters as commands.</summary>
internal static class TerminalText
{
    /// <summary>Writes one line, and escapes characters that would end it or control the terminal.</summary>
    public static void WriteEscapedLine(this TextWriter output, string line) => output.WriteLine(OutsideText.Escape(line));
}
