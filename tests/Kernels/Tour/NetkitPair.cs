using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Tour;

/// <summary>A pair of netkit devices, made by rtnetlink because <c>ip</c> before 6.7 does not know the type.</summary>
internal sealed partial class NetkitPair : IDisposable
{
    private const int NetlinkFamily = 16; // AF_NETLINK
    private const int RouteProtocol = 0; // NETLINK_ROUTE
    private const ushort NewLink = 16; // RTM_NEWLINK
    private const ushort Error = 2; // NLMSG_ERROR
    private const ushort RequestAckCreateExclusive = 1 | 4 | 0x200 | 0x400; // NLM_F_REQUEST | NLM_F_ACK | NLM_F_EXCL | NLM_F_CREATE
    private const ushort Name = 3; // IFLA_IFNAME
    private const ushort LinkInformation = 18; // IFLA_LINKINFO
    private const ushort Kind = 1; // IFLA_INFO_KIND
    private const ushort Data = 2; // IFLA_INFO_DATA
    private const ushort PeerInformation = 1; // IFLA_NETKIT_PEER_INFO
    private const int LinkMessageSize = 16; // struct ifinfomsg

    /// <summary>Creates the devices, gives the primary one an address, and starts both.</summary>
    public NetkitPair(string primary, string peer, string address)
    {
        PrimaryName = primary;
        byte[] description =
        [
            .. new byte[LinkMessageSize],
            .. Attribute(Name, Text(primary)),
            .. Attribute(
                LinkInformation,
                [
                    .. Attribute(Kind, Text("netkit")),
                    .. Attribute(Data, Attribute(PeerInformation, [.. new byte[LinkMessageSize], .. Attribute(Name, Text(peer))])),
                ]
            ),
        ];
        Request(NewLink, description);
        Ip($"address add {address} dev {primary}");
        Ip($"link set {peer} up");
        Ip($"link set {primary} up");
    }

    /// <summary>Gets the name of the device that programs are attached through.</summary>
    public string PrimaryName { get; }

    /// <summary>Deletes both devices.</summary>
    public void Dispose() => Ip($"link delete {PrimaryName}");

    /// <summary>Sends a request to the kernel and throws if it is refused.</summary>
    private static void Request(ushort type, byte[] content)
    {
        byte[] message = new byte[16 + content.Length]; // struct nlmsghdr, then the content
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), RequestAckCreateExclusive);
        content.CopyTo(message, 16);

        // .NET has no netlink sockets; it can use one that exists.
        int descriptor = OpenSocket(NetlinkFamily, (int)SocketType.Raw, RouteProtocol);
        Check.That(descriptor >= 0, Marshal.GetLastPInvokeErrorMessage());
        using Socket socket = new(new SafeSocketHandle(descriptor, ownsHandle: true));
        _ = socket.Send(message);
        byte[] answer = new byte[4096];
        int length = socket.Receive(answer);
        Check.That(length >= 20 && BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(4)) == Error, $"an answer of {length} bytes");
        int error = -BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(16));
        Check.That(error == 0, $"creating netkit devices: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>A netlink attribute: its length, its type, and its content, padded to 4 bytes.</summary>
    private static byte[] Attribute(ushort type, byte[] content)
    {
        byte[] attribute = new byte[4 + (content.Length + 3) / 4 * 4];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)(4 + content.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), type);
        content.CopyTo(attribute, 4);
        return attribute;
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text + '\0');

    private static void Ip(string arguments)
    {
        using Process ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        string errors = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        Check.That(ip.ExitCode == 0, $"ip {arguments}: {errors.Trim()}");
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);
}
