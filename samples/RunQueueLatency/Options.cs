using System.Globalization;

namespace RunQueueLatency;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: RunQueueLatency [--seconds N] [--pid P]
          --seconds N  stop after N seconds (default: run until Ctrl+C)
          --pid P      measure only the threads of this process
        """;

    public uint? Seconds { get; init; }

    public uint ProcessId { get; init; }

    /// <summary>Parses the arguments. Returns <see langword="null"/> and an error if they are invalid.</summary>
    public static Options? Parse(string[] arguments, out string? error)
    {
        Options options = new();
        error = null;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string argument = arguments[i];
            if (argument is not ("--seconds" or "--pid"))
            {
                error = $"'{argument}' is not a valid option.";
                return null;
            }
            if (
                i + 1 == arguments.Length
                || !uint.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
                || number is 0 or > int.MaxValue / 1000
            )
            {
                error = $"{argument} requires a positive number.";
                return null;
            }
            options = argument == "--pid" ? options with { ProcessId = number } : options with { Seconds = number };
        }

        return options;
    }
}
