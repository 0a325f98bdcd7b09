using System.Globalization;

namespace ExecWatch;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: ExecWatch [--count N] [--command NAME] [--json]
          --count N       stop after N events (default: run until Ctrl+C)
          --command NAME  only processes with this command, as the kernel has it: 15 characters at most
          --json          a JSON object a line
        """;

    public int? Count { get; init; }

    public string? Command { get; init; }

    public bool Json { get; init; }

    /// <summary>Reads the arguments; <see langword="null"/> and the reason if they make no sense.</summary>
    public static Options? Parse(string[] arguments, out string? error)
    {
        Options options = new();
        error = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            switch (argument)
            {
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--count" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0:
                    options = options with { Count = count };
                    i++;
                    break;
                case "--command" when i + 1 < arguments.Length && arguments[i + 1].Length > 0:
                    options = options with { Command = arguments[++i] };
                    break;
                case "--count":
                    error = "--count wants a positive number.";
                    return null;
                case "--command":
                    error = "--command wants a name.";
                    return null;
                default:
                    error = $"'{argument}' is not an option.";
                    return null;
            }
        }

        return options;
    }
}
