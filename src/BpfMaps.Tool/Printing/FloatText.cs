using System.Globalization;

namespace BpfMaps.Tool.Printing;

/// <summary>Formats floating-point numbers as the shortest text that round-trips: <c>0.1</c>, <c>NaN</c>, <c>-Infinity</c>.</summary>
internal static class FloatText
{
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    public static string Of(float number) => number.ToString("R", CultureInfo.InvariantCulture);
}
