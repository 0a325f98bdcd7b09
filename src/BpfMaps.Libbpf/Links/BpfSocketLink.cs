using System.Net.Sockets;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The attachment of a program to a socket, as its filter or as the selector of a reuseport group.</summary>
internal sealed unsafe class BpfSocketLink(Socket socket, int level, int detach) : BpfLink
{
    private protected override string WhyNotKernelLink => "The program belongs to the socket and is detached with it.";

    private protected override void Release()
    {
        int none = 0;
        if (!socket.SafeHandle.IsClosed)
            _ = Native.SetSocketOption((int)socket.Handle, level, detach, &none, sizeof(int));
    }
}
