using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace BpfMaps.Benchmarks;

/// <summary>The environment and the time of the measurement, without anything that identifies the machine.</summary>
internal sealed partial record Facts(string Date, string Kernel, string Processor, string Runtime, string Libbpf, string Load)
{
    /// <summary>Returns the processor's name as a file name: <c>AMD EPYC, 2 CPUs</c> is <c>amd-epyc</c>.</summary>
    public string ToFileName() =>
        NotInFileNames().Replace(NotInNames().Replace(Processor.Split(',')[0], ""), "-").Trim('-').ToLowerInvariant();

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

    /// <summary>Parts of processor names that do not tell one from another.</summary>
    [GeneratedRegex(@"\((R|TM)\)|\b(CPU|Processor)\b|@.*", RegexOptions.IgnoreCase)]
    private static partial Regex NotInNames();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInFileNames();
}
