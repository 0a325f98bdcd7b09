using System.Text;

namespace BpfMaps.Generators.Utilities;

/// <summary>Names of maps: characters of <c>[A-Za-z0-9_.]</c> (<c>bpf_obj_name_cpy</c>). Loaders cut the longer names that objects have.</summary>
internal static class MapNames
{
    /// <summary>BPF_OBJ_NAME_LEN without the terminating NUL.</summary>
    public const int MaxLength = 15;

    /// <summary>Whether it is a name of the kernel's, or begins with one that loaders cut from it.</summary>
    public static bool IsValid(string name) => name.Length >= 1 && name.All(IsAllowed);

    /// <summary>The name that the kernel gets: the first 15 characters, as libbpf cuts them.</summary>
    public static string InKernel(string name) => name.Length > MaxLength ? name.Substring(0, MaxLength) : name;

    public static bool IsAllowed(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.';

    /// <summary>The name of a map that declares none: <c>FlowStatsMap</c> is <c>flow_stats</c>.</summary>
    public static string FromTypeName(string typeName)
    {
        const string Tail = "Map";
        if (typeName.Length > Tail.Length && typeName.EndsWith(Tail, StringComparison.Ordinal))
            typeName = typeName.Substring(0, typeName.Length - Tail.Length);
        StringBuilder name = new();
        for (int i = 0; i < typeName.Length; i++)
        {
            char c = typeName[i];
            bool startsWord = i > 0 && typeName[i - 1] != '_' && char.IsUpper(c)
                && (!char.IsUpper(typeName[i - 1]) || (i + 1 < typeName.Length && char.IsLower(typeName[i + 1])));
            if (startsWord)
                name.Append('_');
            name.Append(char.ToLowerInvariant(c));
        }
        return name.ToString();
    }

    /// <summary>The nearest name that the kernel takes.</summary>
    public static string Nearest(string name)
    {
        StringBuilder valid = new();
        foreach (char c in name)
            valid.Append(IsAllowed(c) ? c : '_');
        if (valid.Length > MaxLength)
            valid.Length = MaxLength;
        string trimmed = valid.ToString().Trim('_');
        return trimmed.Length > 0 ? trimmed : "map";
    }
}
