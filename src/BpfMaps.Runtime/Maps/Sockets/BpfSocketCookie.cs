using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The cookie of a socket, which socket maps and <c>bpf_get_socket_cookie</c> return.</summary>
public static class BpfSocketCookie
{
    // The number is the same on all supported architectures.
    private const int SocketLevel = 1;
    private const int Cookie = 57;

    /// <summary>Gets the cookie of a socket (SO_COOKIE, Linux 4.12).</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>The cookie, unique until the machine restarts.</returns>
    /// <exception cref="SocketException">The kernel returned an error.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public static ulong Get(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ulong cookie = 0;
        _ = socket.GetRawSocketOption(SocketLevel, Cookie, MemoryMarshal.AsBytes(new Span<ulong>(ref cookie)));
        return cookie;
    }
}
