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

// Where a program that handles packets and connections can be attached. Every link detaches when it is disposed.
public sealed unsafe partial class BpfObjectProgram
{
    private const int SolSocket = 1;
    private const int SoAttachBpf = 50;
    private const int SoDetachFilter = 27;
    private const int SoAttachReusePortBpf = 52;
    private const int SoDetachReusePortBpf = 68;
    private const int Exists = 17;

    /// <summary>Attaches an XDP program to a network interface (Linux 5.9).</summary>
    /// <param name="interfaceName">Such as <c>eth0</c>.</param>
    /// <exception cref="BpfObjectException">There is no such interface, another program is there (EBUSY), or the kernel refused.</exception>
    public BpfLink AttachXdp(string interfaceName)
    {
        int index = InterfaceIndex(interfaceName);
        return Link($"to {interfaceName}", "bpf_program__attach_xdp", () => Native.ProgramAttachXdp(_program, index));
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

    /// <summary>Attaches to a control group (Linux 5.7).</summary>
    /// <param name="path">Its directory, such as <c>/sys/fs/cgroup/web.slice</c>.</param>
    /// <exception cref="BpfObjectException">It is no directory of a version 2 hierarchy, or the kernel refused.</exception>
    public BpfLink AttachCgroup(string path)
    {
        using OwnedDescriptor directory = Descriptors.Open(path, "the control group");
        return Link($"to control group {path}", "bpf_program__attach_cgroup", () => Native.ProgramAttachCgroup(_program, directory.Number));
    }

    /// <summary>Attaches to a network namespace: programs that choose the socket of a packet (<c>sk_lookup</c>, Linux 5.9) or take packets apart (<c>flow_dissector</c>, 5.8).</summary>
    /// <param name="path">Its file: <c>/var/run/netns/NAME</c>, <c>/proc/PID/ns/net</c>; not given, the one of this process.</param>
    /// <exception cref="BpfObjectException">It is no network namespace (EINVAL), or the kernel refused.</exception>
    public BpfLink AttachNetworkNamespace(string path = "/proc/self/ns/net")
    {
        using OwnedDescriptor network = Descriptors.Open(path, "the network namespace");
        return Link($"to network namespace {path}", "bpf_program__attach_netns", () => Native.ProgramAttachNetworkNamespace(_program, network.Number));
    }

    /// <summary>Makes the program the filter of a socket (SO_ATTACH_BPF, Linux 3.19).</summary>
    /// <param name="socket">The socket; it keeps the filter until the link is disposed or it is closed.</param>
    /// <exception cref="BpfObjectException">The kernel refused.</exception>
    public BpfLink AttachSocketFilter(Socket socket) => SetOn(socket, "SO_ATTACH_BPF", SoAttachBpf, SoDetachFilter);

    /// <summary>Lets the program choose among the sockets that share a port, usually out of a <see cref="BpfReusePortSockArray"/> (SO_ATTACH_REUSEPORT_EBPF, Linux 4.19).</summary>
    /// <param name="socket">One of the sockets, with SO_REUSEPORT set. All that share the port keep the program until the link is disposed or they are closed.</param>
    /// <exception cref="BpfObjectException">The socket does not share its port (EINVAL), or the kernel refused.</exception>
    public BpfLink AttachReusePort(Socket socket) => SetOn(socket, "SO_ATTACH_REUSEPORT_EBPF", SoAttachReusePortBpf, SoDetachReusePortBpf);

    /// <summary>Lets the program decide over what the sockets of a map receive or send (BPF_PROG_ATTACH, Linux 4.14; <c>sk_msg</c> 4.17).</summary>
    /// <param name="sockets">
    /// A <see cref="BpfSockMap"/> or a <see cref="BpfSockHash{TKey}"/>. The sockets that come into it while the program is attached are the program's,
    /// until they leave the map; those that are in it already are not.
    /// </param>
    /// <exception cref="ArgumentException">The map holds no sockets.</exception>
    /// <exception cref="BpfObjectException">The section of the program is none of <c>sk_skb/...</c> and <c>sk_msg</c> (EINVAL), or the kernel refused.</exception>
    public BpfLink AttachSockMap(BpfMap sockets)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        return AttachSockMap(sockets.Raw);
    }

    /// <inheritdoc cref="AttachSockMap(BpfMap)" path="/*[not(self::param)]"/>
    /// <param name="sockets">A map of the kind <see cref="BpfMapType.SockMap"/> or <see cref="BpfMapType.SockHash"/>.</param>
    public BpfLink AttachSockMap(RawMap sockets)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        if (sockets.Type is not (BpfMapType.SockMap or BpfMapType.SockHash))
            throw new ArgumentException($"Map '{sockets.Name}' is of the kind {sockets.Type}; programs decide over the sockets of a {BpfMapType.SockMap} or {BpfMapType.SockHash}.", nameof(sockets));

        OwnedDescriptor program = Descriptors.Duplicate(FileDescriptor, $"program '{Name}'");
        OwnedDescriptor? map = null;
        try
        {
            map = Descriptors.Duplicate(sockets.Handle, $"map '{sockets.Name}'");
            int attachType = Native.ProgramExpectedAttachType(_program);
            _ = Call.Number(
                $"Attaching program '{Name}' ({SectionName}) to map '{sockets.Name}'",
                "BPF_PROG_ATTACH",
                () => Native.ProgramAttachTo(program.Number, map.Number, attachType, 0));
            return new BpfSockMapLink(program, map, attachType);
        }
        catch
        {
            map?.Dispose();
            program.Dispose();
            throw;
        }
    }

    private BpfSocketLink SetOn(Socket socket, string optionName, int attach, int detach)
    {
        ArgumentNullException.ThrowIfNull(socket);
        int descriptor = FileDescriptor;
        if (Native.SetSocketOption((int)socket.Handle, SolSocket, attach, &descriptor, sizeof(int)) != 0)
            throw Call.Failure($"Attaching program '{Name}' to a socket", $"setsockopt({optionName})", Marshal.GetLastPInvokeError(), log: "");
        return new BpfSocketLink(socket, SolSocket, detach);
    }

    private static int InterfaceIndex(string name)
    {
        uint index = Native.InterfaceIndex(name);
        return index != 0 ? (int)index : throw Call.Failure($"Finding the network interface '{name}'", "if_nametoindex", Marshal.GetLastPInvokeError(), log: "");
    }
}
