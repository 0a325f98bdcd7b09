using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>
/// Rules for map names: characters of <c>[A-Za-z0-9_.]</c> (<c>bpf_obj_name_cpy</c>). Loaders truncate longer names in objects.
/// </summary>
internal static class MapNames
{
    /// <summary>Gets whether the kernel accepts the name, after truncation by a loader.</summary>
    public static bool IsValid(string name) => name.Length >= 1 && name.All(IsAllowed);

    /// <summary>Gets the name in the kernel: the first 15 characters, as libbpf truncates it.</summary>
    public static string InKernel(string name) =>
        name.Length > KernelLimits.LongestName ? name.Substring(0, KernelLimits.LongestName) : name;

    public static bool IsAllowed(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.';

    /// <summary>Gets the default name of a map: <c>flow_stats</c> for <c>FlowStatsMap</c>.</summary>
    public static string FromTypeName(string typeName)
    {
        const string Tail = "Map";
        if (typeName.Length > Tail.Length && typeName.EndsWith(Tail, StringComparison.Ordinal))
            typeName = typeName.Substring(0, typeName.Length - Tail.Length);
        return Snake(typeName);
    }

    /// <summary>Converts a C# name to snake case: <c>rx_bytes</c> for <c>RxBytes</c>.</summary>
    public static string Snake(string name)
    {
        StringBuilder result = new();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool startsWord =
                i > 0
                && name[i - 1] != '_'
                && char.IsUpper(c)
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                result.Append('_');
            result.Append(char.ToLowerInvariant(c));
        }
        return result.ToString();
    }

    /// <summary>Gets the most similar name that the kernel accepts.</summary>
    public static string Nearest(string name)
    {
        StringBuilder valid = new();
        foreach (char c in name)
            valid.Append(IsAllowed(c) ? c : '_');
        if (valid.Length > KernelLimits.LongestName)
            valid.Length = KernelLimits.LongestName;
        string trimmed = valid.ToString().Trim('_');
        return trimmed.Length > 0 ? trimmed : "map";
    }
}
