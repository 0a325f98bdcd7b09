using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The cookie of a socket: what maps of sockets give for one, and what programs get from <c>bpf_get_socket_cookie</c>.</summary>
public static class BpfSocketCookie
{
    // The same number on every architecture whose bpf(2) is known here.
    private const int SocketLevel = 1;
    private const int Cookie = 57;

    /// <summary>Asks the kernel for the cookie of a socket (SO_COOKIE, Linux 4.12).</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>A number that no other socket has while the machine runs.</returns>
    /// <exception cref="SocketException">The kernel refused.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public static ulong Get(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ulong cookie = 0;
        _ = socket.GetRawSocketOption(SocketLevel, Cookie, MemoryMarshal.AsBytes(new Span<ulong>(ref cookie)));
        return cookie;
    }
}

/// <summary>What maps of sockets say of values without room for a cookie.</summary>
internal static class SocketValues
{
    public static void CheckLookups(RawMap raw)
    {
        if (raw.ValueSize != sizeof(ulong))
            throw new InvalidOperationException($"Map {raw} was created with value_size {raw.ValueSize}: the kernel tells the cookies of its sockets only where value_size is {sizeof(ulong)}.");
    }
}
