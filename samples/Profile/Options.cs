using System.Globalization;

namespace Profile;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: Profile [--seconds N] [--frequency N] [--pid P] [--svg FILE]
          --seconds N    stop after N seconds (default: 10; Ctrl+C stops earlier)
          --frequency N  samples per second on each CPU (default: 99)
          --pid P        sample only this process
          --svg FILE     draw a flame graph instead of printing folded stacks
        """;

    public int Seconds { get; init; } = 10;

    public int Frequency { get; init; } = 99;

    public uint ProcessId { get; init; }

    public string? SvgFile { get; init; }

    /// <summary>Parses the arguments. Returns <see langword="null"/> and an error if they are invalid.</summary>
    public static Options? Parse(string[] arguments, out string? error)
    {
        Options options = new();
        error = null;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string argument = arguments[i],
                value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            bool isNumber =
                int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 1_000_000;
            switch (argument)
            {
                case "--seconds" when isNumber:
                    options = options with { Seconds = number };
                    break;
                case "--frequency" when isNumber:
                    options = options with { Frequency = number };
                    break;
                case "--pid" when isNumber:
                    options = options with { ProcessId = (uint)number };
                    break;
                case "--svg" when value.Length > 0:
                    options = options with { SvgFile = value };
                    break;
                case "--seconds" or "--frequency" or "--pid":
                    error = $"{argument} requires a positive number.";
                    return null;
                case "--svg":
                    error = "--svg requires a file name.";
                    return null;
                default:
                    error = $"'{argument}' is not a valid option.";
                    return null;
            }
        }

        return options;
    }
}
