using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Sockets that .NET cannot open.</summary>
internal static unsafe partial class TestSockets
{
    private const int FamilyXdp = 44;
    private const int Raw = 3;
    private const int LoopbackIndex = 1;

    // linux/if_xdp.h
    private const int XdpLevel = 283; // SOL_XDP
    private const int ReceiveRing = 2;
    private const int RegisterMemory = 4;
    private const int FillRing = 5;
    private const int CompletionRing = 6;
    private const ushort SharedMemory = 1;
    private const ushort Copy = 2;

    /// <summary>The socket whose memory the others share: a queue of an interface belongs to one such memory.</summary>
    private static readonly Lazy<SafeSocketHandle> s_owner = new(static () =>
    {
        SafeSocketHandle socket = CreateXdp();
        const int Page = 4096,
            Pages = 4;
        ulong* registration = stackalloc ulong[4] { (ulong)NativeMemory.AlignedAlloc(Pages * Page, Page), Pages * Page, Page, 0 };
        Succeeds(SetOption(socket, XdpLevel, RegisterMemory, registration, 4 * sizeof(ulong)));
        int entries = Pages;
        foreach (int ring in (ReadOnlySpan<int>)[FillRing, CompletionRing, ReceiveRing])
            Succeeds(SetOption(socket, XdpLevel, ring, &entries, sizeof(int)));
        BindXdp(socket, Copy, owner: 0);
        return socket;
    });

    /// <summary>Opens an AF_XDP socket that is bound to a queue of lo; newer kernels accept no others in maps.</summary>
    public static SafeSocketHandle OpenXdp()
    {
        SafeSocketHandle socket = CreateXdp();
        int entries = 4;
        Succeeds(SetOption(socket, XdpLevel, ReceiveRing, &entries, sizeof(int)));
        BindXdp(socket, SharedMemory, (int)s_owner.Value.DangerousGetHandle());
        return socket;
    }

    private static SafeSocketHandle CreateXdp()
    {
        int descriptor = Open(FamilyXdp, Raw, 0);
        Require.That(descriptor >= 0, "xdp-sockets", "this kernel has no AF_XDP sockets, or this process may not open one");
        return new SafeSocketHandle(descriptor, ownsHandle: true);
    }

    private static void BindXdp(SafeSocketHandle socket, ushort flags, int owner)
    {
        // struct sockaddr_xdp: family and flags, interface, queue, the descriptor of the owner of the memory
        uint* address = stackalloc uint[4] { FamilyXdp | ((uint)flags << 16), LoopbackIndex, 0, (uint)owner };
        Succeeds(Bind(socket, address, 4 * sizeof(uint)));
    }

    private static void Succeeds(int result) => Assert.True(result == 0, Marshal.GetLastPInvokeErrorMessage());

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

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeSocketHandle socket, void* address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeSocketHandle socket, int level, int option, void* value, int length);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int family, int type, int protocol);
}
