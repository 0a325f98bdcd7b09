using System.Globalization;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Top;

/// <summary>The columns of <c>top</c>.</summary>
internal static class TopColumns
{
    /// <summary>The columns of maps. They are sorted by the changes first.</summary>
    public static IReadOnlyList<TopColumn<MapSample>> Maps { get; } =
    [
        new("ID", true, static map => Number(map.Info.Id), static map => map.Info.Id),
        new("TYPE", false, static map => map.Info.Type.ToString(), static map => map.Info.Type.ToString()),
        new("NAME", false, static map => map.Info.Name, static map => map.Info.Name),
        new(
            "ENTRIES",
            true,
            static map => map.Entries is { } n ? Number(n) + (map.IsPart ? "+" : "") : "",
            static map => map.Entries ?? -1
        ),
        new("MAX", true, static map => Number(map.Info.MaxEntries), static map => map.Info.MaxEntries),
        new("FILL", true, static map => map.Fill is { } fill ? Percent(fill) : "", static map => map.Fill ?? -1),
        new("MEMORY", true, static map => Units.Bytes(map.Memory), static map => map.Memory),
        new(
            "CHANGES/S",
            true,
            static map => map.ChangesPerSecond is { } rate ? Units.Count(rate) : "",
            static map => map.ChangesPerSecond ?? -1
        ),
        new("PROCESSES", false, static map => string.Join(' ', map.Owners), static map => string.Join(' ', map.Owners)),
    ];

    /// <summary>The columns of programs. They are sorted by the CPU time first.</summary>
    public static IReadOnlyList<TopColumn<ProgramSample>> Programs { get; } =
    [
        new("ID", true, static program => Number(program.Info.Id), static program => program.Info.Id),
        new("TYPE", false, static program => program.Info.Type.ToString(), static program => program.Info.Type.ToString()),
        new("NAME", false, static program => program.Info.Name, static program => program.Info.Name),
        new(
            "EVENTS/S",
            true,
            static program => program.RunsPerSecond is { } rate ? Units.Count(rate) : "",
            static program => program.RunsPerSecond ?? -1
        ),
        new(
            "AVERAGE",
            true,
            static program => program.AverageNanoseconds is { } time ? Units.Nanoseconds(time) : "",
            static program => program.AverageNanoseconds ?? -1
        ),
        new("CPU", true, static program => program.CpuShare is { } share ? Percent(share) : "", static program => program.CpuShare ?? -1),
        new("PROCESSES", false, static program => string.Join(' ', program.Owners), static program => string.Join(' ', program.Owners)),
    ];

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        (100 * share).ToString(share is > 0 and < 0.1 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + "%";
}
