using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Sockets that .NET does not open.</summary>
internal static partial class TestSockets
{
    private const int FamilyXdp = 44;
    private const int Raw = 3;

    /// <summary>An AF_XDP socket that is bound to nothing.</summary>
    public static SafeSocketHandle OpenXdp()
    {
        int descriptor = Open(FamilyXdp, Raw, 0);
        Require.That(descriptor >= 0, "xdp-sockets", "this kernel has no AF_XDP sockets, or this process may not open one");
        return new SafeSocketHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int family, int type, int protocol);
}
