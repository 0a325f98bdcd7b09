using System.Globalization;

namespace FileTrace;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: FileTrace [--count N] [--pid P] [--failed]
          --count N  stop after N files (default: run until Ctrl+C)
          --pid P    only files that this process opens
          --failed   only files that could not be opened
        """;

    public uint? Count { get; init; }

    public uint ProcessId { get; init; }

    public bool OnlyFailed { get; init; }

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
                case "--failed":
                    options = options with { OnlyFailed = true };
                    break;
                case "--count" when TryReadNumber(arguments, ++i, out uint count):
                    options = options with { Count = count };
                    break;
                case "--pid" when TryReadNumber(arguments, ++i, out uint processId):
                    options = options with { ProcessId = processId };
                    break;
                case "--count" or "--pid":
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
        return index < arguments.Length
            && uint.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0;
    }
}
