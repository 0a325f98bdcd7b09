using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>
/// Tests of programs that select sockets from maps, and programs that control what the sockets of a map send and receive.
/// </summary>
public sealed class SteeringTests
{
    private const int SolSocket = 1;
    private const int SoReusePort = 15;

    private static readonly byte[] s_message = [1, 2, 3, 4];

    [Fact]
    public void CommittedLayout_MatchesTheObject()
    {
        string described = LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("steering")));

        Assert.Equal(described, File.ReadAllText(ClangCompiler.FixturePath("steering.bpf.layout")));
    }

    [Fact]
    public void ProgramOfANetworkNamespace_SelectsTheSocketOfAConnection()
    {
        using Socket listener = Listening();
        using Socket deaf = Bound(); // Reserves a port and accepts no connections.
        int port = ((IPEndPoint)deaf.LocalEndPoint!).Port;
        using SteeringObject steering = SteeringObject.Open(CompiledFixture.Path("steering"));
        steering.Rodata.SteeredPort = (uint)port;
        steering.Load();
        steering.Sockets.Set(0, listener);

        using (steering.OnLookup.AttachNetworkNamespace())
        {
            using Socket client = Connected(port);
            using Socket accepted = listener.Accept();
            Assert.Equal(port, ((IPEndPoint)accepted.LocalEndPoint!).Port);
        }

        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => Connected(port)).SocketErrorCode);
    }

    [Fact]
    public void ProgramOfASockMap_ReturnsReceivedData()
    {
        using SteeringObject steering = Loaded();
        using Socket listener = Listening();
        using Socket client = Connected(((IPEndPoint)listener.LocalEndPoint!).Port);
        using Socket served = listener.Accept();

        using (steering.OnReceived.AttachSockMap(steering.Sockets))
        {
            steering.Sockets.Set(0, served);
            client.Send(s_message);
            Assert.Equal(s_message, Received(client));
        }

        // A socket keeps the program that the map had when the socket was added.
        client.Send(s_message);
        Assert.Equal(s_message, Received(client));
        Assert.True(steering.Sockets.Remove(0));
        steering.Sockets.Set(0, served);
        client.Send(s_message);
        Assert.Equal(s_message, Received(served));
    }

    [Fact]
    public void ProgramOfASockHash_SeesSentDataUntilItIsDetached()
    {
        using SteeringObject steering = Loaded();
        using Socket listener = Listening();
        using Socket client = Connected(((IPEndPoint)listener.LocalEndPoint!).Port);
        using Socket served = listener.Accept();
        using (steering.OnSent.AttachSockMap(steering.Senders))
        {
            steering.Senders.Set(7, client);
            client.Send(s_message);
            Assert.Equal(s_message, Received(served));
            Assert.Equal((ulong)s_message.Length, steering.Bss.SentBytes);
            Assert.True(steering.Senders.Remove(7));
        }

        steering.Senders.Set(7, client);
        client.Send(s_message);
        Assert.Equal(s_message, Received(served));
        Assert.Equal((ulong)s_message.Length, steering.Bss.SentBytes);
    }

    [Fact]
    public void LinkOfASockMap_OutlivesTheObject()
    {
        SteeringObject steering = Loaded();
        using Socket listener = Listening();
        using Socket client = Connected(((IPEndPoint)listener.LocalEndPoint!).Port);
        using Socket served = listener.Accept();
        using BpfLink link = steering.OnReceived.AttachSockMap(steering.Sockets.Raw);
        using SteeringObject.SocketsMap sockets = SteeringObject.SocketsMap.FromRaw(steering.Object.GetMap("sockets").Open());

        steering.Dispose();
        sockets.Set(0, served);

        client.Send(s_message);
        Assert.Equal(s_message, Received(client));
    }

    [Fact]
    public void ProgramOfASharedPort_SelectsTheSocketOfAPacket()
    {
        using SteeringObject steering = Loaded();
        using Socket first = Sharing(port: 0);
        int port = ((IPEndPoint)first.LocalEndPoint!).Port;
        using Socket second = Sharing(port);
        steering.Sharers.Set(0, first);
        steering.Sharers.Set(1, second);

        using (steering.OnChoice.AttachReusePort(first))
        {
            // Without the program, the kernel would select the socket by the sender's address.
            for (int i = 0; i < 16; i++)
            {
                using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                sender.SendTo(s_message, new IPEndPoint(IPAddress.Loopback, port));
                Assert.Equal(s_message, Received(second));
            }
        }

        Assert.Equal(0, first.Available);
    }

    [Fact]
    public void SocketThatDoesNotShareItsPort_IsRejected()
    {
        using SteeringObject steering = Loaded();
        using Socket alone = Listening();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => steering.OnChoice.AttachReusePort(alone));

        Assert.Contains("SO_ATTACH_REUSEPORT_EBPF", exception.Message, StringComparison.Ordinal);
        Assert.Equal("EINVAL", exception.ErrnoName);
    }

    [Fact]
    public void ProgramOfAnotherType_FailsWithItsSection()
    {
        using SteeringObject steering = Loaded();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => steering.Other.AttachSockMap(steering.Sockets));

        Assert.Contains("'other' (xdp)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("map 'sockets'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapWithoutSockets_IsRejectedWithoutASystemCall()
    {
        using SteeringObject steering = Loaded();
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Array,
                Name = "plain",
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 1,
            }
        );

        ArgumentException exception = Assert.Throws<ArgumentException>(() => steering.OnReceived.AttachSockMap(map));

        Assert.Contains("Map 'plain' has type Array", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatIsNotANamespace_FailsWithItsPath()
    {
        using SteeringObject steering = Loaded();

        BpfObjectException missing = Assert.Throws<BpfObjectException>(() =>
            steering.OnLookup.AttachNetworkNamespace("/var/run/netns/none")
        );
        BpfObjectException wrong = Assert.Throws<BpfObjectException>(() => steering.OnLookup.AttachNetworkNamespace("/dev/null"));

        Assert.Contains("/var/run/netns/none", missing.Message, StringComparison.Ordinal);
        Assert.Equal("ENOENT", missing.ErrnoName);
        Assert.Contains("/dev/null", wrong.Message, StringComparison.Ordinal);
    }

    private static SteeringObject Loaded()
    {
        SteeringObject steering = SteeringObject.Open(CompiledFixture.Path("steering"));
        steering.Load();
        return steering;
    }

    private static Socket Bound()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static Socket Listening()
    {
        Socket socket = Bound();
        socket.Listen();
        return socket;
    }

    private static Socket Connected(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Sharing(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(SolSocket, SoReusePort, MemoryMarshal.AsBytes([1]));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static byte[] Received(Socket socket)
    {
        byte[] buffer = new byte[16];
        socket.ReceiveTimeout = 10_000;
        return buffer[..socket.Receive(buffer)];
    }
}
