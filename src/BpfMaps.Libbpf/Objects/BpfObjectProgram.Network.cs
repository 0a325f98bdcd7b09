using System.Net.Sockets;
using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

// Attachments of programs that handle packets and connections. Disposing a link detaches the program.
public sealed unsafe partial class BpfObjectProgram
{
    private const int SolSocket = 1;
    private const int SoAttachBpf = 50;
    private const int SoDetachFilter = 27;
    private const int SoAttachReusePortBpf = 52;
    private const int SoDetachReusePortBpf = 68;
    private const int Exists = 17;

    /// <summary>
    /// Attaches a traffic control program to a network interface. Creates the clsact queueing discipline if it does not exist, and does not
    /// remove it.
    /// </summary>
    /// <param name="interfaceName">The name of the interface, such as <c>eth0</c>.</param>
    /// <param name="direction">The direction of the packets.</param>
    /// <exception cref="BpfObjectException">The interface does not exist, or the kernel rejected the program.</exception>
    public BpfLink AttachTc(string interfaceName, BpfTcDirection direction)
    {
        _ = FileDescriptor;
        return Start(new AttachRequest($"to {direction} of {interfaceName}", () => AttachFilter(interfaceName, direction)));
    }

    private BpfTcLink AttachFilter(string interfaceName, BpfTcDirection direction)
    {
        TcHook hook = new()
        {
            Size = (nuint)sizeof(TcHook),
            InterfaceIndex = Interfaces.IndexOf(interfaceName),
            AttachPoint = (int)direction,
        };
        TcOptions options = new() { Size = (nuint)sizeof(TcOptions), ProgramDescriptor = FileDescriptor };
        TcHook* hookPointer = &hook;
        TcOptions* optionsPointer = &options;
        nint hookAddress = (nint)hookPointer,
            optionsAddress = (nint)optionsPointer;
        string what = $"Attaching program '{Name}' to {direction} of {interfaceName}";
        int created = Libbpf.Collect(() => Native.TcHookCreate((TcHook*)hookAddress), out string log);
        if (created is < 0 and not -Exists)
            throw Call.Failure(what, "bpf_tc_hook_create", -created, log);
        _ = Call.Number(what, "bpf_tc_attach", () => Native.TcAttach((TcHook*)hookAddress, (TcOptions*)optionsAddress));
        return new BpfTcLink(hook, options);
    }

    /// <summary>Attaches the program to a socket as its filter (SO_ATTACH_BPF, Linux 3.19).</summary>
    /// <param name="socket">The socket. It keeps the filter until the link is disposed or the socket is closed.</param>
    /// <exception cref="BpfObjectException">The kernel rejected the program.</exception>
    public BpfLink AttachSocketFilter(Socket socket) => SetOn(socket, "SO_ATTACH_BPF", SoAttachBpf, SoDetachFilter);

    /// <summary>
    /// Attaches the program to a group of sockets that share a port; it selects the receiving socket, usually from a
    /// <see cref="BpfReusePortSockArray"/> (SO_ATTACH_REUSEPORT_EBPF, Linux 4.19).
    /// </summary>
    /// <param name="socket">One of the sockets, with SO_REUSEPORT set. All sockets of the port keep the program until the link is disposed
    /// or they are closed.</param>
    /// <exception cref="BpfObjectException">The socket does not share its port (EINVAL), or the kernel rejected the program.</exception>
    public BpfLink AttachReusePort(Socket socket) => SetOn(socket, "SO_ATTACH_REUSEPORT_EBPF", SoAttachReusePortBpf, SoDetachReusePortBpf);

    /// <summary>
    /// Attaches the program to the sockets of a map; it controls what they receive or send (BPF_PROG_ATTACH, Linux 4.14; <c>sk_msg</c>
    /// 4.17).
    /// </summary>
    /// <param name="sockets">
    /// A <see cref="BpfSockMap"/> or a <see cref="BpfSockHash{TKey}"/>. The program controls sockets that are added while it is attached,
    /// until they are removed from the map; it does not control sockets that were added before.
    /// </param>
    /// <exception cref="ArgumentException">The map does not hold sockets.</exception>
    /// <exception cref="BpfObjectException">The section of the program is neither <c>sk_skb/...</c> nor <c>sk_msg</c> (EINVAL), or the
    /// kernel rejected the program.</exception>
    public BpfLink AttachSockMap(BpfMap sockets)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        return AttachSockMap(sockets.Raw);
    }

    /// <inheritdoc cref="AttachSockMap(BpfMap)" path="/*[not(self::param)]"/>
    /// <param name="sockets">A map of type <see cref="BpfMapType.SockMap"/> or <see cref="BpfMapType.SockHash"/>.</param>
    public BpfLink AttachSockMap(RawMap sockets)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        if (sockets.Type is not (BpfMapType.SockMap or BpfMapType.SockHash))
            throw new ArgumentException(
                $"Map '{sockets.Name}' has type {sockets.Type}, but the program can be attached only to a {BpfMapType.SockMap} "
                    + $"or {BpfMapType.SockHash}.",
                nameof(sockets)
            );

        _ = FileDescriptor;
        return Start(new AttachRequest($"to map '{sockets.Name}'", () => AttachToSockets(sockets)));
    }

    private BpfSockMapLink AttachToSockets(RawMap sockets)
    {
        OwnedDescriptor program = Descriptors.Duplicate(FileDescriptor, $"program '{Name}'");
        OwnedDescriptor? map = null;
        try
        {
            map = Descriptors.Duplicate(sockets.Handle, $"map '{sockets.Name}'");
            int attachType = Native.ProgramExpectedAttachType(_program);
            _ = Call.Number(
                $"Attaching program '{Name}' ({SectionName}) to map '{sockets.Name}'",
                "BPF_PROG_ATTACH",
                () => Native.ProgramAttachTo(program.Number, map.Number, attachType, 0)
            );
            return new BpfSockMapLink(program, map, attachType);
        }
        catch
        {
            map?.Dispose();
            program.Dispose();
            throw;
        }
    }

    private BpfLink SetOn(Socket socket, string optionName, int attach, int detach)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _ = FileDescriptor;
        return Start(new AttachRequest("to a socket", () => SetOption(socket, optionName, attach, detach)));
    }

    private BpfSocketLink SetOption(Socket socket, string optionName, int attach, int detach)
    {
        int descriptor = FileDescriptor;
        if (Native.SetSocketOption((int)socket.Handle, SolSocket, attach, &descriptor, sizeof(int)) != 0)
            throw Call.Failure(
                $"Attaching program '{Name}' to a socket",
                $"setsockopt({optionName})",
                Marshal.GetLastPInvokeError(),
                log: ""
            );
        return new BpfSocketLink(socket, SolSocket, detach);
    }
}
