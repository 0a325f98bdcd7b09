using System.Globalization;

namespace BpfMaps.Benchmarks;

/// <summary>Formats numbers for readers.</summary>
internal static class Texts
{
    public static string Time(double nanoseconds) =>
        nanoseconds switch
        {
            < 100 => Invariant($"{nanoseconds:0.0} ns"),
            < 10_000 => Invariant($"{nanoseconds:0} ns"),
            < 10_000_000 => Invariant($"{nanoseconds / 1e3:0} µs"),
            _ => Invariant($"{nanoseconds / 1e6:0} ms"),
        };

    public static string Time(double? nanoseconds) => nanoseconds is { } known ? Time(known) : "";

    public static string Ratio(double? ratio) => ratio is { } known ? Invariant($"{known:0.000}") : "";

    public static string Bytes(double? bytes) =>
        bytes switch
        {
            null => "",
            0 => "0 B",
            < 0.001 => "< 0.001 B",
            < 1024 => Invariant($"{bytes:0.###} B"),
            < 1024 * 1024 => Invariant($"{bytes / 1024:0} KiB"),
            _ => Invariant($"{bytes / 1024 / 1024:0.0} MiB"),
        };

    public static string Verdict(bool? isMet) =>
        isMet switch
        {
            null => "",
            true => "met",
            false => "missed",
        };

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
