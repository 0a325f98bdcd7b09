using System.Globalization;

namespace ExecWatch;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: ExecWatch [--count N] [--command NAME] [--json]
          --count N       stop after N events (default: run until Ctrl+C)
          --command NAME  only processes with this command name (at most 15 characters)
          --json          print one JSON object per line
        """;

    public int? Count { get; init; }

    public string? Command { get; init; }

    public bool Json { get; init; }

    /// <summary>Parses the arguments. Returns <see langword="null"/> and an error if they are invalid.</summary>
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
                case "--count"
                    when i + 1 < arguments.Length
                        && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                        && count > 0:
                    options = options with { Count = count };
                    i++;
                    break;
                case "--command" when i + 1 < arguments.Length && arguments[i + 1].Length > 0:
                    options = options with { Command = arguments[++i] };
                    break;
                case "--count":
                    error = "--count requires a positive number.";
                    return null;
                case "--command":
                    error = "--command requires a name.";
                    return null;
                default:
                    error = $"'{argument}' is not a valid option.";
                    return null;
            }
        }

        return options;
    }
}
