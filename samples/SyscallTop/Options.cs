using System.Globalization;

namespace SyscallTop;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: SyscallTop [--seconds N] [--once] [--json] [--pid P]
          --seconds N  stop after N seconds (default: run until Ctrl+C; with --once or --json: 1)
          --once       count for that long, print once, and stop
          --json       the same as JSON on standard output
          --pid P      only the system calls of this process
        """;

    public int? Seconds { get; init; }

    public bool Once { get; init; }

    public bool Json { get; init; }

    public uint ProcessId { get; init; }

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
                    error = $"{argument} wants a positive number.";
                    return null;
                default:
                    error = $"'{argument}' is not an option.";
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
