using System.Net.Sockets;

namespace BpfMaps.Tests;

public sealed class BpfSockHashTests
{
    private static readonly FlowKey s_key = new() { Port = 80, Address = 1 };

    public BpfSockHashTests() => Require.Kernel();

    [Fact]
    public void AKey_TellsTheCookieOfItsSocket()
    {
        using PeersByFlowMap peers = PeersByFlowMap.Create();
        using Socket socket = TestSockets.Listen();
        using Socket other = TestSockets.Listen();
        Assert.False(peers.ContainsKey(s_key));
        Assert.Equal(BpfUpdateResult.NotFound, peers.Update(s_key, socket.SafeHandle, BpfUpdateFlags.Exist));
        peers.Set(s_key, socket);
        Assert.False(peers.TryAdd(s_key, other));
        Assert.True(peers.TryGetCookie(s_key, out ulong cookie));
        Assert.Equal(BpfSocketCookie.Of(socket), cookie);
        Assert.Equal([KeyValuePair.Create(s_key, cookie)], peers);

        Assert.True(peers.TryAdd(new FlowKey { Port = 81 }, other));
        Assert.Throws<BpfMapFullException>(() => peers.Set(new FlowKey { Port = 82 }, other));
        Assert.Equal(2, peers.Count());
        Assert.True(peers.Remove(s_key));
        Assert.False(peers.Remove(s_key));
        peers.Clear();
        Assert.Empty(peers);
    }

    [Fact]
    public void GarbageInTheKeysPadding_DoesNotMakeItAnotherKey()
    {
        using PeersByFlowMap peers = PeersByFlowMap.Create();
        using Socket socket = TestSockets.Listen();
        FlowKey dirty = default;
        Garbage.Fill(ref dirty, 0xA5);
        (dirty.Port, dirty.Address) = (s_key.Port, s_key.Address);
        peers.Set(in dirty, socket);
        Assert.True(peers.ContainsKey(in s_key));
        Assert.True(peers.TryGetCookie(in dirty, out _));
        Assert.False(peers.TryAdd(in dirty, socket));
        Assert.Equal(1, peers.Count());
    }
}
