using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes lines to terminals, which take some characters for commands.</summary>
internal static class TerminalText
{
    /// <summary>Writes one line. What is in it from outside can neither end it nor change what the terminal shows.</summary>
    public static void WriteEscapedLine(this TextWriter output, string line) => output.WriteLine(OutsideText.Escape(line));
}
