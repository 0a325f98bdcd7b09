using System.Globalization;
using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>The environment and the time of the measurement, without anything that identifies the machine.</summary>
internal sealed record Facts(string Date, string Kernel, string Processor, string Runtime, string Libbpf, string Load)
{
    /// <summary>Gets the load average of the last minute, which includes other processes.</summary>
    public static string LoadNow() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static Facts Collect(string loadBefore) =>
        new(
            DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            $"Linux {Environment.OSVersion.Version.ToString(3)}, {RuntimeInformation.ProcessArchitecture}",
            $"{ProcessorName()}, {Environment.ProcessorCount} CPUs",
            RuntimeInformation.FrameworkDescription,
            $"libbpf {Peer.LibbpfVersion.TrimStart('v')}",
            $"{loadBefore} before, {LoadNow()} after"
        );

    private static string ProcessorName() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "unknown processor";
}
