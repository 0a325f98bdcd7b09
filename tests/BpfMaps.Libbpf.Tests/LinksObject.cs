using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The loaded object <c>links</c>, and what its programs have counted.</summary>
internal sealed class LinksObject : IDisposable
{
    private const int DataOfAPacket = 173; // as in links.bpf.c

    private readonly BpfObject _object = BpfObject.Open(CompiledFixture.Path("links"));

    public LinksObject()
    {
        Span<byte> rodata = _object.GetMap(".rodata").InitialValue;
        MemoryMarshal.Write(rodata, Environment.ProcessId);
        MemoryMarshal.Write(rodata[8..], KnownCalls.Number);
        _object.Load();
    }

    public BpfObject Object => _object;

    public BpfObjectProgram this[string name] => _object.GetProgram(name);

    /// <summary>Returns how often the program with a slot ran.</summary>
    public long Hits(int slot)
    {
        using RawMap hits = _object.GetMap("hits").Open();
        byte[] value = new byte[8];
        Assert.True(hits.TryLookup([(byte)slot, 0, 0, 0], value));
        return MemoryMarshal.Read<long>(value);
    }

    /// <summary>
    /// Sends packets until the program with a slot does not see one: the kernel detaches a link shortly after its last pin is removed.
    /// </summary>
    public void SendUntilUnseen(int slot)
    {
        long before;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            before = Hits(slot);
            SendToSelf();
        } while (Hits(slot) != before);
    }

    /// <summary>Waits until no XDP program is attached to an interface. Without <c>ip</c>, it does not wait.</summary>
    public static void AwaitDetachment(string interfaceName)
    {
        while (Processes.TryRun("ip", "link", "show", "dev", interfaceName).Output.Contains(" xdp", StringComparison.Ordinal))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _object.Dispose();

    /// <summary>Sends a packet over the loopback interface and receives it.</summary>
    public static void SendToSelf()
    {
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo(new byte[DataOfAPacket], receiver.LocalEndPoint!);
        receiver.ReceiveTimeout = 10_000;
        Assert.Equal(DataOfAPacket, receiver.Receive(new byte[256]));
    }
}
