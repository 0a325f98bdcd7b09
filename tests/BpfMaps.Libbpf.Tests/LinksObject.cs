using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The loaded object <c>links</c>, and what its programs have counted.</summary>
internal sealed class LinksObject : IDisposable
{
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

    public void Dispose() => _object.Dispose();

    /// <summary>Sends a packet over the loopback interface and receives it.</summary>
    public static void SendToSelf()
    {
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo([1, 2, 3], receiver.LocalEndPoint!);
        receiver.ReceiveTimeout = 10_000;
        Assert.Equal(3, receiver.Receive(new byte[16]));
    }
}
