namespace BpfMaps;

/// <summary>The requirements of the program types, which sections name, on the kernel.</summary>
internal static class ProgramKinds
{
    private const string Types = "CONFIG_DEBUG_INFO_BTF",
        Events = "CONFIG_BPF_EVENTS",
        Cgroups = "CONFIG_CGROUP_BPF";

    // The first kernel, and the options without which programs of the kind can be neither loaded nor attached.
    private static readonly Dictionary<string, (Version First, string[] Options)> s_kinds = new(StringComparer.Ordinal)
    {
        ["kprobe"] = (new(4, 1), [Events, "CONFIG_KPROBES"]),
        ["kretprobe"] = (new(4, 1), [Events, "CONFIG_KPROBES"]),
        ["ksyscall"] = (new(4, 1), [Events, "CONFIG_KPROBES"]),
        ["kretsyscall"] = (new(4, 1), [Events, "CONFIG_KPROBES"]),
        ["kprobe.multi"] = (new(5, 18), [Events, "CONFIG_FPROBE"]),
        ["kretprobe.multi"] = (new(5, 18), [Events, "CONFIG_FPROBE"]),
        ["kprobe.session"] = (new(6, 10), [Events, "CONFIG_FPROBE"]),
        ["uprobe"] = (new(4, 1), [Events, "CONFIG_UPROBES"]),
        ["uretprobe"] = (new(4, 1), [Events, "CONFIG_UPROBES"]),
        ["usdt"] = (new(4, 1), [Events, "CONFIG_UPROBES"]),
        ["uprobe.multi"] = (new(6, 6), [Events, "CONFIG_UPROBES"]),
        ["uretprobe.multi"] = (new(6, 6), [Events, "CONFIG_UPROBES"]),
        ["tracepoint"] = (new(4, 7), [Events]),
        ["tp"] = (new(4, 7), [Events]),
        ["raw_tracepoint"] = (new(4, 17), [Events]),
        ["raw_tp"] = (new(4, 17), [Events]),
        ["tp_btf"] = (new(5, 5), [Events, Types]),
        ["fentry"] = (new(5, 5), [Events, Types, "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS"]),
        ["fexit"] = (new(5, 5), [Events, Types, "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS"]),
        ["fmod_ret"] = (new(5, 7), [Events, Types, "CONFIG_FUNCTION_ERROR_INJECTION"]),
        ["iter"] = (new(5, 8), [Types]),
        ["lsm"] = (new(5, 7), ["CONFIG_BPF_LSM", Types]),
        ["lsm_cgroup"] = (new(6, 0), ["CONFIG_BPF_LSM", Types, Cgroups]),
        ["perf_event"] = (new(4, 9), [Events, "CONFIG_PERF_EVENTS"]),
        ["xdp"] = (new(4, 8), []),
        ["tc"] = (new(4, 1), ["CONFIG_NET_CLS_BPF"]),
        ["classifier"] = (new(4, 1), ["CONFIG_NET_CLS_BPF"]),
        ["tcx"] = (new(6, 6), ["CONFIG_NET_XGRESS"]),
        ["netkit"] = (new(6, 7), ["CONFIG_NETKIT"]),
        ["netfilter"] = (new(6, 4), ["CONFIG_NETFILTER_BPF_LINK"]),
        ["cgroup_skb"] = (new(4, 10), [Cgroups]),
        ["cgroup"] = (new(4, 10), [Cgroups]),
        ["sockops"] = (new(4, 13), [Cgroups]),
        ["sk_skb"] = (new(4, 14), ["CONFIG_BPF_STREAM_PARSER"]),
        ["sk_msg"] = (new(4, 17), []),
        ["sk_reuseport"] = (new(4, 19), []),
        ["flow_dissector"] = (new(4, 20), []),
        ["sk_lookup"] = (new(5, 9), []),
        ["struct_ops"] = (new(5, 6), [Types]),
        ["freplace"] = (new(5, 6), [Types]),
        ["syscall"] = (new(5, 14), []),
        ["lwt_in"] = (new(4, 10), ["CONFIG_LWTUNNEL_BPF"]),
        ["lwt_out"] = (new(4, 10), ["CONFIG_LWTUNNEL_BPF"]),
        ["lwt_xmit"] = (new(4, 10), ["CONFIG_LWTUNNEL_BPF"]),
        ["lirc_mode2"] = (new(4, 18), ["CONFIG_BPF_LIRC_MODE2"]),
    };

    /// <summary>Returns why the kernel cannot have a program, as a sentence; <see langword="null"/> if nothing is known.</summary>
    /// <param name="program">The name of the program.</param>
    /// <param name="section">Its section, such as <c>fentry/do_unlinkat</c> or <c>lsm.s/file_open</c>.</param>
    /// <param name="running">The version of the kernel.</param>
    /// <param name="lacks">Whether the kernel was built without an option.</param>
    public static string? WhyMissing(string program, string section, Version running, Func<string, bool> lacks)
    {
        if (KindOf(section) is not { } name)
            return null;
        (Version first, string[] options) = s_kinds[name];
        string head = $"Program '{program}' ({section})";
        if (running < first)
            return $"{head}: Linux {first} introduced {name} programs; this is Linux {running.ToString(2)}.";
        string[] missing = [.. options.Where(lacks)];
        return missing.Length == 0
            ? null
            : $"{head}: this kernel was built without {string.Join(" and ", missing)}, which {name} programs require.";
    }

    /// <summary>Gets the kind that a section names, without question mark, target, and the suffix of programs that may sleep.</summary>
    private static string? KindOf(string section)
    {
        string name = section.TrimStart('?').Split('/')[0];
        foreach (string candidate in (string[])[name, name.EndsWith(".s", StringComparison.Ordinal) ? name[..^2] : name])
        {
            if (s_kinds.ContainsKey(candidate))
                return candidate;
        }
        return null;
    }
}
