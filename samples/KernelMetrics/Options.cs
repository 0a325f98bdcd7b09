using System.Globalization;
using System.Net;

namespace KernelMetrics;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: KernelMetrics [--address A] [--port P]
          --address A  the IP address to listen on (default: 127.0.0.1)
          --port P     the port to listen on (default: 9464; 0: a free port)
        """;

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public int Port { get; init; } = 9464;

    /// <summary>Parses the arguments. Returns <see langword="null"/> and an error if they are invalid.</summary>
    public static Options? Parse(string[] arguments, out string? error)
    {
        Options options = new();
        error = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (argument)
            {
                case "--address" when IPAddress.TryParse(value, out IPAddress? address):
                    options = options with { Address = address };
                    break;
                case "--port" when ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port):
                    options = options with { Port = port };
                    break;
                case "--address":
                    error = "--address requires an IP address.";
                    return null;
                case "--port":
                    error = "--port requires a number from 0 to 65535.";
                    return null;
                default:
                    error = $"'{argument}' is not a valid option.";
                    return null;
            }
            i++;
        }
        return options;
    }
}
