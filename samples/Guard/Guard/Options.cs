using BpfMaps;

namespace Guard;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: guard --interface NAME [--blocklist FILE] [--limit RATE] [--mode MODE] [--pins FOLDER] [--migrate]
          --interface NAME  the network interface to filter
          --blocklist FILE  the rules; changes of the file are applied at once
          --limit RATE      packets per second of each source without a rule (default: no limit)
          --mode MODE       auto, driver or generic (default: auto, the driver if it supports XDP)
          --pins FOLDER     where the filter and its maps are pinned (default: /sys/fs/bpf/guard)
          --migrate         converts the counters of an earlier version
        """;

    public string Interface { get; init; } = "";

    public string? Blocklist { get; init; }

    public uint Limit { get; init; }

    public BpfXdpMode Mode { get; init; }

    public Pins Pins { get; init; } = new(Pins.DefaultFolder);

    public bool Migrate { get; init; }

    /// <summary>Parses the arguments. Returns <see langword="null"/> and an error if they are invalid.</summary>
    public static Options? Parse(string[] arguments, out string? error)
    {
        Options options = new();
        error = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name == "--migrate")
            {
                options = options with { Migrate = true };
                continue;
            }
            string? value = i + 1 < arguments.Length ? arguments[++i] : null;
            Options? next = (name, value) switch
            {
                ("--interface", { Length: > 0 }) => options with { Interface = value },
                ("--blocklist", { Length: > 0 }) => options with { Blocklist = Path.GetFullPath(value) },
                ("--pins", { Length: > 0 }) => options with { Pins = new Pins(Path.GetFullPath(value)) },
                ("--limit", not null) when RuleText.TryParseRate(value, out uint rate) => options with { Limit = rate },
                ("--mode", "auto") => options with { Mode = BpfXdpMode.Default },
                ("--mode", "driver") => options with { Mode = BpfXdpMode.Driver },
                ("--mode", "generic") => options with { Mode = BpfXdpMode.Generic },
                _ => null,
            };
            if (next is null)
            {
                error = $"'{name}{(value is null ? "" : " " + value)}' is not a valid option.";
                return null;
            }
            options = next;
        }
        if (options.Interface.Length == 0)
            error = "--interface is required.";
        return error is null ? options : null;
    }
}
