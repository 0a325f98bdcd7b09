using System.Text.RegularExpressions;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>One command of a shell block: a program and its arguments.</summary>
internal sealed partial record ShellCommand(IReadOnlyList<string> Words)
{
    private static readonly string[] s_builtIn = ["cd", "echo", "export", "test", "wait"];

    /// <summary>Parses the commands of a block, without comments, assignments and commands that raise privileges.</summary>
    public static IEnumerable<ShellCommand> Parse(string text) =>
        text.Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n')
            .Select(static line => Quoted().Replace(line, "text"))
            .Select(static line => Comments().Replace(line, ""))
            .SelectMany(static line => Separators().Split(line))
            .Select(static command =>
                command
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .SkipWhile(static word => word == "sudo" || word.Contains('=', StringComparison.Ordinal))
            )
            .Select(static words => new ShellCommand([.. words]))
            .Where(static command => command.Words.Count != 0);

    public static bool IsOnThisMachine(string program) =>
        s_builtIn.Contains(program)
        || $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"
            .Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    public override string ToString() => string.Join(' ', Words);

    [GeneratedRegex("""'[^']*'|"[^"]*"(?=\s|$)""")]
    private static partial Regex Quoted();

    [GeneratedRegex("(^| )#.*$")]
    private static partial Regex Comments();

    [GeneratedRegex(@"&&|\|\|?|;")]
    private static partial Regex Separators();
}
