namespace BpfMaps;

/// <summary>The type of a program, which determines its context, its helper functions and its hooks (<c>enum bpf_prog_type</c>).</summary>
public enum BpfProgramType
{
    /// <summary>No type.</summary>
    Unspecified = 0,

    /// <summary>Filters of sockets.</summary>
    SocketFilter = 1,

    /// <summary>Kprobes and uprobes.</summary>
    Kprobe = 2,

    /// <summary>Traffic control: classifiers, tcx and netkit.</summary>
    SchedCls = 3,

    /// <summary>Traffic control: actions.</summary>
    SchedAct = 4,

    /// <summary>Tracepoints.</summary>
    Tracepoint = 5,

    /// <summary>Packets at a network interface, before the network stack.</summary>
    Xdp = 6,

    /// <summary>Perf events.</summary>
    PerfEvent = 7,

    /// <summary>Packets of a control group.</summary>
    CgroupSkb = 8,

    /// <summary>Sockets of a control group.</summary>
    CgroupSock = 9,

    /// <summary>Lightweight tunnels, input.</summary>
    LwtIn = 10,

    /// <summary>Lightweight tunnels, output.</summary>
    LwtOut = 11,

    /// <summary>Lightweight tunnels, transmission.</summary>
    LwtXmit = 12,

    /// <summary>TCP events of a control group.</summary>
    SockOps = 13,

    /// <summary>Streams of a socket map.</summary>
    SkSkb = 14,

    /// <summary>Device access of a control group.</summary>
    CgroupDevice = 15,

    /// <summary>Messages of a socket map.</summary>
    SkMsg = 16,

    /// <summary>Raw tracepoints.</summary>
    RawTracepoint = 17,

    /// <summary>Addresses of a control group's sockets.</summary>
    CgroupSockAddr = 18,

    /// <summary>Lightweight tunnels, segment routing.</summary>
    LwtSeg6Local = 19,

    /// <summary>Infrared remote controls.</summary>
    LircMode2 = 20,

    /// <summary>Selection of a socket among those that share a port.</summary>
    SkReusePort = 21,

    /// <summary>Parsing of packets for a network namespace.</summary>
    FlowDissector = 22,

    /// <summary>Access of a control group to sysctl.</summary>
    CgroupSysctl = 23,

    /// <summary>Raw tracepoints that may change their context.</summary>
    RawTracepointWritable = 24,

    /// <summary>Socket options of a control group.</summary>
    CgroupSockOpt = 25,

    /// <summary>Functions (fentry, fexit), typed tracepoints (tp_btf) and iterators.</summary>
    Tracing = 26,

    /// <summary>Functions of a kernel structure.</summary>
    StructOps = 27,

    /// <summary>Replacements of functions of other programs (freplace).</summary>
    Extension = 28,

    /// <summary>Hooks of the security modules.</summary>
    Lsm = 29,

    /// <summary>Selection of sockets in a network namespace.</summary>
    SkLookup = 30,

    /// <summary>Programs that user space runs.</summary>
    Syscall = 31,

    /// <summary>Netfilter hooks.</summary>
    Netfilter = 32,
}
