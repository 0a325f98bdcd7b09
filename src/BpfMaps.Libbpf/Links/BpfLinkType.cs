namespace BpfMaps;

/// <summary>The type of a link: what the program is attached to (<c>enum bpf_link_type</c>).</summary>
public enum BpfLinkType
{
    /// <summary>No type.</summary>
    Unspecified = 0,

    /// <summary>A raw tracepoint (Linux 5.8).</summary>
    RawTracepoint = 1,

    /// <summary>
    /// A function (fentry, fexit), a typed tracepoint (tp_btf), a security hook (LSM) or a replaced function (Linux 5.7).
    /// </summary>
    Tracing = 2,

    /// <summary>A control group (Linux 5.7).</summary>
    Cgroup = 3,

    /// <summary>An iterator (Linux 5.8).</summary>
    Iterator = 4,

    /// <summary>A network namespace (Linux 5.8).</summary>
    NetworkNamespace = 5,

    /// <summary>A network interface, before the network stack (Linux 5.9).</summary>
    Xdp = 6,

    /// <summary>A perf event: kprobe, uprobe, tracepoint, clock (Linux 5.15).</summary>
    PerfEvent = 7,

    /// <summary>Many kernel functions (Linux 5.18).</summary>
    KprobeMulti = 8,

    /// <summary>A map with functions of a kernel structure (Linux 6.4).</summary>
    StructOps = 9,

    /// <summary>A netfilter hook (Linux 6.4).</summary>
    Netfilter = 10,

    /// <summary>A network interface, in traffic control (Linux 6.6).</summary>
    Tcx = 11,

    /// <summary>Many functions in user space (Linux 6.6).</summary>
    UprobeMulti = 12,

    /// <summary>A netkit device (Linux 6.7).</summary>
    Netkit = 13,

    /// <summary>A socket map (Linux 6.10).</summary>
    SockMap = 14,
}
