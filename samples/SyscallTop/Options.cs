using System.Globalization;

namespace SyscallTop;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: SyscallTop [--seconds N] [--once] [--json] [--pid P]
          --seconds N  stop after N seconds (default: run until Ctrl+C; with --once or --json: 1)
          --once       count for N seconds, print the result once, and stop
          --json       like --once, with JSON output
          --pid P      count only the system calls of this process
        """;

    public int? Seconds { get; init; }

    public bool Once { get; init; }

    public bool Json { get; init; }

    public uint ProcessId { get; init; }

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
                case "--once":
                    options = options with { Once = true };
                    break;
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--seconds" when TryReadNumber(arguments, ++i, out uint seconds) && seconds is > 0 and < 1_000_000:
                    options = options with { Seconds = (int)seconds };
                    break;
                case "--pid" when TryReadNumber(arguments, ++i, out uint processId) && processId > 0:
                    options = options with { ProcessId = processId };
                    break;
                case "--seconds" or "--pid":
                    error = $"{argument} requires a positive number.";
                    return null;
                default:
                    error = $"'{argument}' is not a valid option.";
                    return null;
            }
        }

        return options;
    }

    private static bool TryReadNumber(string[] arguments, int index, out uint number)
    {
        number = 0;
        return index < arguments.Length && uint.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
