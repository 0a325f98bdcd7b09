using System.Net.Sockets;
using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The way of packets that a traffic control program sees.</summary>
public enum BpfTcDirection
{
    /// <summary>What comes in.</summary>
    Ingress = 1,

    /// <summary>What goes out.</summary>
    Egress = 2,
}

// Where a program can be attached. Every link detaches when it is disposed.
public sealed unsafe partial class BpfObjectProgram
{
    private const int SolSocket = 1;
    private const int SoAttachBpf = 50;
    private const int SoDetachFilter = 27;
    private const int OpenDirectory = 0x10000;
    private const int OpenCloseOnExec = 0x80000;
    private const int Exists = 17;

    /// <summary>Attaches the program where its section says.</summary>
    /// <exception cref="BpfObjectException">The section names no place (EOPNOTSUPP), the place does not exist, or the kernel refused.</exception>
    public BpfLink Attach() => Link("bpf_program__attach", () => Native.ProgramAttach(_program));

    /// <summary>Attaches to a tracepoint. Needs tracefs mounted.</summary>
    /// <param name="category">Such as <c>sched</c>.</param>
    /// <param name="name">Such as <c>sched_process_exec</c>.</param>
    /// <exception cref="BpfObjectException">There is no such tracepoint, or the kernel refused.</exception>
    public BpfLink AttachTracepoint(string category, string name) =>
        Link("bpf_program__attach_tracepoint", () => Native.ProgramAttachTracepoint(_program, category, name));

    /// <summary>Attaches to a raw tracepoint (Linux 4.17).</summary>
    /// <param name="name">Such as <c>sys_enter</c>.</param>
    /// <exception cref="BpfObjectException">There is no such tracepoint, or the kernel refused.</exception>
    public BpfLink AttachRawTracepoint(string name) =>
        Link("bpf_program__attach_raw_tracepoint", () => Native.ProgramAttachRawTracepoint(_program, name));

    /// <summary>Attaches to a kernel function, where the kernel has kprobes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="onReturn">To its return instead of its entry.</param>
    /// <exception cref="BpfObjectException">There is no such function, the kernel has no kprobes, or it refused.</exception>
    public BpfLink AttachKprobe(string function, bool onReturn = false) =>
        Link("bpf_program__attach_kprobe", () => Native.ProgramAttachKprobe(_program, onReturn, function));

    /// <summary>Attaches an XDP program to a network interface (Linux 5.9).</summary>
    /// <param name="interfaceName">Such as <c>eth0</c>.</param>
    /// <exception cref="BpfObjectException">There is no such interface, another program is there (EBUSY), or the kernel refused.</exception>
    public BpfLink AttachXdp(string interfaceName)
    {
        int index = InterfaceIndex(interfaceName);
        return Link("bpf_program__attach_xdp", () => Native.ProgramAttachXdp(_program, index));
    }

    /// <summary>Attaches to a control group (Linux 5.7).</summary>
    /// <param name="path">Its directory, such as <c>/sys/fs/cgroup/web.slice</c>.</param>
    /// <exception cref="BpfObjectException">It is no directory of a version 2 hierarchy, or the kernel refused.</exception>
    public BpfLink AttachCgroup(string path)
    {
        int directory = Native.OpenDirectory(path, OpenDirectory | OpenCloseOnExec);
        if (directory < 0)
            throw Call.Failure($"Opening the control group '{path}'", "open", Marshal.GetLastPInvokeError(), log: "");
        try
        {
            return Link("bpf_program__attach_cgroup", () => Native.ProgramAttachCgroup(_program, directory));
        }
        finally
        {
            _ = Native.Close(directory);
        }
    }

    /// <summary>Attaches a traffic control program to a network interface; creates the clsact queueing discipline where there is none, and leaves it.</summary>
    /// <param name="interfaceName">Such as <c>eth0</c>.</param>
    /// <param name="direction">Which packets it sees.</param>
    /// <exception cref="BpfObjectException">There is no such interface, or the kernel refused.</exception>
    public BpfLink AttachTc(string interfaceName, BpfTcDirection direction)
    {
        TcHook hook = new() { Size = (nuint)sizeof(TcHook), InterfaceIndex = InterfaceIndex(interfaceName), AttachPoint = (int)direction };
        TcOptions options = new() { Size = (nuint)sizeof(TcOptions), ProgramDescriptor = FileDescriptor };
        TcHook* hookPointer = &hook;
        TcOptions* optionsPointer = &options;
        nint hookAddress = (nint)hookPointer, optionsAddress = (nint)optionsPointer;
        string what = $"Attaching program '{Name}' to {direction} of {interfaceName}";
        int created = Libbpf.Collect(() => Native.TcHookCreate((TcHook*)hookAddress), out string log);
        if (created is < 0 and not -Exists)
            throw Call.Failure(what, "bpf_tc_hook_create", -created, log);
        _ = Call.Number(what, "bpf_tc_attach", () => Native.TcAttach((TcHook*)hookAddress, (TcOptions*)optionsAddress));
        return new BpfTcLink(hook, options);
    }

    /// <summary>Makes the program the filter of a socket (SO_ATTACH_BPF, Linux 3.19).</summary>
    /// <param name="socket">The socket; it keeps the filter until the link is disposed or it is closed.</param>
    /// <exception cref="BpfObjectException">The kernel refused.</exception>
    public BpfLink AttachSocketFilter(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        int descriptor = FileDescriptor;
        if (Native.SetSocketOption((int)socket.Handle, SolSocket, SoAttachBpf, &descriptor, sizeof(int)) != 0)
            throw Call.Failure($"Attaching program '{Name}' to a socket", "setsockopt(SO_ATTACH_BPF)", Marshal.GetLastPInvokeError(), log: "");
        return new BpfSocketLink(socket, SolSocket, SoDetachFilter);
    }

    private static int InterfaceIndex(string name)
    {
        uint index = Native.InterfaceIndex(name);
        return index != 0 ? (int)index : throw Call.Failure($"Finding the network interface '{name}'", "if_nametoindex", Marshal.GetLastPInvokeError(), log: "");
    }

    private BpfNativeLink Link(string command, Func<nint> attach)
    {
        _ = FileDescriptor;
        return new BpfNativeLink(Call.Pointer($"Attaching program '{Name}' ({SectionName})", command, attach));
    }
}
