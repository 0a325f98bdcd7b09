using System.Globalization;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>The names of map types and flags in <c>linux/bpf.h</c>.</summary>
internal static class MapTypeNames
{
    /// <summary>The kernel whose names all supported headers have. Newer ones are written as numbers.</summary>
    private static readonly Version s_named = new(5, 10);

    private static readonly (string Words, string Word)[] s_joined =
    [
        ("PER_CPU", "PERCPU"),
        ("DEV_MAP", "DEVMAP"),
        ("SOCK_MAP", "SOCKMAP"),
        ("CPU_MAP", "CPUMAP"),
        ("XSK_MAP", "XSKMAP"),
        ("SOCK_HASH", "SOCKHASH"),
        ("REUSE_PORT", "REUSEPORT"),
        ("SOCK_ARRAY", "SOCKARRAY"),
        ("RING_BUF", "RINGBUF"),
    ];

    private static readonly (BpfMapFlags Flag, string Name)[] s_flags =
    [
        (BpfMapFlags.NoPrealloc, "BPF_F_NO_PREALLOC"),
        (BpfMapFlags.NoCommonLru, "BPF_F_NO_COMMON_LRU"),
        (BpfMapFlags.StackBuildId, "BPF_F_STACK_BUILD_ID"),
        (BpfMapFlags.ZeroSeed, "BPF_F_ZERO_SEED"),
        (BpfMapFlags.ReadOnlyProgram, "BPF_F_RDONLY_PROG"),
        (BpfMapFlags.WriteOnlyProgram, "BPF_F_WRONLY_PROG"),
        (BpfMapFlags.Clone, "BPF_F_CLONE"),
        (BpfMapFlags.Mmapable, "BPF_F_MMAPABLE"),
        (BpfMapFlags.PreserveElements, "BPF_F_PRESERVE_ELEMS"),
        (BpfMapFlags.InnerMap, "BPF_F_INNER_MAP"),
    ];

    /// <summary>Gets a map type as C: its name, or a number with the name in a comment.</summary>
    public static string Of(MapTypeFacts kind)
    {
        string name = NameOf(kind.Type);
        return kind.FirstKernel <= s_named ? name : $"{((int)kind.Type).Text()} /* {name} */";
    }

    public static string NameOf(BpfMapType type) =>
        "BPF_MAP_TYPE_"
        + s_joined.Aggregate(
            MapNames.Snake(type.ToString()).ToUpperInvariant(),
            static (name, joined) => name.Replace(joined.Words, joined.Word)
        );

    /// <summary>Gets flags as C: names, and a number for the rest.</summary>
    public static string Of(BpfMapFlags flags)
    {
        List<string> parts = [];
        foreach ((BpfMapFlags flag, string name) in s_flags)
        {
            if ((flags & flag) == 0)
                continue;
            parts.Add(name);
            flags &= ~flag;
        }
        if (flags != BpfMapFlags.None)
            parts.Add("0x" + ((uint)flags).ToString("x", CultureInfo.InvariantCulture));
        return string.Join(" | ", parts);
    }
}
