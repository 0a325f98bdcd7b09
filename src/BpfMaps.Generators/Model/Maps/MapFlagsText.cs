using System.Globalization;

namespace BpfMaps.Generators.Model;

/// <summary>Formats flags for messages and as C#.</summary>
internal static class MapFlagsText
{
    /// <summary>The qualifier of members of <c>BpfMapFlags</c> in generated code.</summary>
    public const string Qualified = "global::BpfMaps.BpfMapFlags.";

    /// <summary>Lists flags; bits without a name as hexadecimal numbers.</summary>
    public static string Names(this MapFlags flags) =>
        flags == MapFlags.None ? "no flags" : string.Join(", ", Single(flags).Select(NameOf));

    /// <summary>Writes flags as C#; empty for no flags. Bits without a name do not compile: see <see cref="ToCodeIfNamed"/>.</summary>
    /// <param name="qualifier">The qualifier of the members.</param>
    public static string ToCode(this MapFlags flags, string qualifier = Qualified) =>
        string.Join(" | ", Single(flags).Select(flag => qualifier + NameOf(flag)));

    /// <summary>Writes flags as C#; <see langword="null"/> for no flags, or if one of them has no name.</summary>
    public static string? ToCodeIfNamed(this MapFlags flags) =>
        flags != MapFlags.None && Single(flags).All(static flag => Enum.IsDefined(typeof(MapFlags), flag)) ? flags.ToCode() : null;

    private static IEnumerable<MapFlags> Single(MapFlags flags)
    {
        for (int bit = 0; bit < 32; bit++)
        {
            MapFlags flag = (MapFlags)(1u << bit);
            if ((flags & flag) != 0)
                yield return flag;
        }
    }

    private static string NameOf(MapFlags flag) =>
        Enum.IsDefined(typeof(MapFlags), flag) ? flag.ToString() : "0x" + ((uint)flag).ToString("x", CultureInfo.InvariantCulture);
}
