using System.Globalization;
using System.Numerics;
using System.Text;

namespace BpfMaps.Metrics.Names;

/// <summary>Formats numbers for Prometheus and OpenMetrics.</summary>
internal static class NumberText
{
    /// <summary>A limit within the range of <see cref="decimal"/>.</summary>
    private const double Largest = 1e27;

    /// <returns>The number of bytes written.</returns>
    public static int Write(double number, Span<byte> destination)
    {
        if (double.IsNaN(number))
            return Copy("NaN"u8, destination);
        if (double.IsInfinity(number))
            return Copy(number > 0 ? "+Inf"u8 : "-Inf"u8, destination);
        number.TryFormat(destination, out int written, "R", CultureInfo.InvariantCulture);
        int exponent = destination[..written].IndexOf((byte)'E');
        if (exponent >= 0)
            destination[exponent] = (byte)'e';
        return written;
    }

    /// <summary>Formats the upper bound of a bucket, for which OpenMetrics requires a dot or an exponent.</summary>
    public static string Bound(double bound, bool isOpenMetrics)
    {
        Span<byte> text = stackalloc byte[32];
        string number = Encoding.ASCII.GetString(text[..Write(bound, text)]);
        return isOpenMetrics && double.IsFinite(bound) && !number.AsSpan().ContainsAny('.', 'e') ? number + ".0" : number;
    }

    /// <summary>
    /// Converts a number to the exported unit. Uses decimal arithmetic, so that 1024 * 1e-9 is not 1.0240000000000001e-06.
    /// </summary>
    public static double Scale(double number, double scale)
    {
        if (number == Math.Floor(number) && Math.Abs(number) < Largest)
            return Scale((decimal)new BigInteger(number), scale) ?? number * scale;
        // A conversion to decimal keeps 15 digits of a double.
        return Math.Abs(number) < Largest && (double)(decimal)number == number
            ? Scale((decimal)number, scale) ?? number * scale
            : number * scale;
    }

    /// <inheritdoc cref="Scale(double, double)"/>
    public static double Scale(ulong number, double scale) => Scale((decimal)number, scale) ?? number * scale;

    /// <inheritdoc cref="Scale(double, double)"/>
    public static double Scale(long number, double scale) => Scale((decimal)number, scale) ?? number * scale;

    private static double? Scale(decimal number, double scale)
    {
        const double Smallest = 1e-20;
        bool fits = scale is < Largest and > Smallest && Math.Abs((double)number * scale) < Largest && (double)(decimal)scale == scale;
        return fits ? (double)(number * (decimal)scale) : null;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
