using System.Globalization;

namespace BpfMaps;

/// <summary>Formats flags for messages and as C#.</summary>
internal static class MapFlagsText
{
    /// <summary>The qualifier of members of <c>BpfMapFlags</c> in generated code.</summary>
    public const string Qualified = "global::BpfMaps.BpfMapFlags.";

    /// <summary>Lists flags; bits without a name as hexadecimal numbers.</summary>
    public static string Names(this BpfMapFlags flags) =>
        flags == BpfMapFlags.None ? "no flags" : string.Join(", ", Single(flags).Select(NameOf));

    /// <summary>Writes flags as C#; empty for no flags. Bits without a name do not compile: see <see cref="ToCodeIfNamed"/>.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="qualifier">The qualifier of the members.</param>
    public static string ToCode(this BpfMapFlags flags, string qualifier = Qualified) =>
        string.Join(" | ", Single(flags).Select(flag => qualifier + NameOf(flag)));

    /// <summary>Writes flags as C#; <see langword="null"/> for no flags, or if one of them has no name.</summary>
    public static string? ToCodeIfNamed(this BpfMapFlags flags) =>
        flags != BpfMapFlags.None && Single(flags).All(static flag => IsNamed(flag)) ? flags.ToCode() : null;

    private static IEnumerable<BpfMapFlags> Single(BpfMapFlags flags)
    {
        for (int bit = 0; bit < 32; bit++)
        {
            BpfMapFlags flag = (BpfMapFlags)(1u << bit);
            if ((flags & flag) != 0)
                yield return flag;
        }
    }

    /// <summary>Returns whether a single flag has a name. Without one, its text is a number.</summary>
    private static bool IsNamed(BpfMapFlags flag) => char.IsLetter(flag.ToString()[0]);

    private static string NameOf(BpfMapFlags flag) =>
        IsNamed(flag) ? flag.ToString() : "0x" + ((uint)flag).ToString("x", CultureInfo.InvariantCulture);
}
