using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Sockets that .NET cannot open.</summary>
internal static partial class TestSockets
{
    private const int FamilyXdp = 44;
    private const int Raw = 3;

    /// <summary>Opens an unbound AF_XDP socket.</summary>
    public static SafeSocketHandle OpenXdp()
    {
        int descriptor = Open(FamilyXdp, Raw, 0);
        Require.That(descriptor >= 0, "xdp-sockets", "this kernel has no AF_XDP sockets, or this process may not open one");
        return new SafeSocketHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Opens a TCP socket that listens on a free port.</summary>
    public static Socket Listen()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    /// <summary>Opens a UDP socket with a shared port, or one that is not bound yet.</summary>
    public static Socket OpenShared(bool isBound = true)
    {
        const int SocketLevel = 1,
            ReusePort = 15;
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(SocketLevel, ReusePort, TestMaps.Bytes(1));
        if (isBound)
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int family, int type, int protocol);
}
