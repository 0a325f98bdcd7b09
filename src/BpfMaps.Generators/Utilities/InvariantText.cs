using System.Globalization;

namespace BpfMaps.Generators.Utilities;

/// <summary>Formats numbers independently of the current culture.</summary>
internal static class InvariantText
{
    public static string Text(this int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(this uint number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(this long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(this ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
