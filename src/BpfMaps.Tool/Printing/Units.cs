using System.Globalization;

namespace BpfMaps.Tool.Printing;

/// <summary>Formats amounts with units for people.</summary>
internal static class Units
{
    private static readonly string[] s_bytes = ["B", "KiB", "MiB", "GiB", "TiB"];
    private static readonly string[] s_counts = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>Formats a number of bytes: <c>512 B</c>, <c>4.0 KiB</c>.</summary>
    public static string Bytes(double bytes)
    {
        (double amount, string unit) = Scale(bytes, 1024, s_bytes);
        return unit == "B" ? $"{Number(amount, "0")} B" : $"{Number(amount, amount < 100 ? "0.0" : "0")} {unit}";
    }

    /// <summary>Formats a count: <c>999</c>, <c>1.5k</c>, <c>20M</c>.</summary>
    public static string Count(double count)
    {
        (double amount, string unit) = Scale(count, 1000, s_counts);
        return Number(amount, unit.Length == 0 && amount == Math.Floor(amount) || amount >= 100 ? "0" : "0.0") + unit;
    }

    /// <summary>Formats a duration in nanoseconds: <c>850 ns</c>, <c>1.5 µs</c>, <c>2.0 s</c>.</summary>
    public static string Nanoseconds(double nanoseconds)
    {
        (double amount, string unit) = Scale(nanoseconds, 1000, ["ns", "µs", "ms", "s"]);
        return $"{Number(amount, unit == "ns" || amount >= 100 ? "0" : "0.0")} {unit}";
    }

    private static (double Amount, string Unit) Scale(double amount, int step, string[] units)
    {
        int index = 0;
        while (Math.Abs(amount) >= step && index + 1 < units.Length)
        {
            amount /= step;
            index++;
        }
        return (amount, units[index]);
    }

    private static string Number(double amount, string format) => amount.ToString(format, CultureInfo.InvariantCulture);
}
