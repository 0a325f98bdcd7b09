using System.Net.Sockets;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The attachment of a program to a socket, as its filter or as the selector of a reuseport group.</summary>
internal sealed unsafe class BpfSocketLink(Socket socket, int level, int detach) : BpfLink
{
    private protected override void Detach()
    {
        int none = 0;
        if (!socket.SafeHandle.IsClosed)
            _ = Native.SetSocketOption((int)socket.Handle, level, detach, &none, sizeof(int));
    }
}
