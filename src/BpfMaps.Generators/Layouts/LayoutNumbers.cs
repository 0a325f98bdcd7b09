namespace BpfMaps.Generators.Layouts;

/// <summary>The number types of layout files.</summary>
internal static class LayoutNumbers
{
    private static readonly Dictionary<string, int> s_sizes = new(StringComparer.Ordinal)
    {
        ["u8"] = 1,
        ["u16"] = 2,
        ["u32"] = 4,
        ["u64"] = 8,
        ["u128"] = 16,
        ["s8"] = 1,
        ["s16"] = 2,
        ["s32"] = 4,
        ["s64"] = 8,
        ["s128"] = 16,
        ["f32"] = 4,
        ["f64"] = 8,
        ["char"] = 1,
        ["bool"] = 1,
        [Opaque] = 1,
    };

    /// <summary>The element type of variables whose type has no layout.</summary>
    public const string Opaque = "opaque";

    public static bool IsKnown(string element) => s_sizes.ContainsKey(element);

    public static int SizeOf(string element) => s_sizes[element];

    public static bool IsInteger(string element) => element[0] is 'u' or 's' or 'b' or 'c';
}
