using System.Net.Sockets;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A socket's filter, or what chooses among the sockets of a port.</summary>
internal sealed unsafe class BpfSocketLink(Socket socket, int level, int detach) : BpfLink
{
    private protected override void Detach()
    {
        int none = 0;
        if (!socket.SafeHandle.IsClosed)
            _ = Native.SetSocketOption((int)socket.Handle, level, detach, &none, sizeof(int));
    }
}
