using System.Net.Sockets;

namespace BpfMaps.Tests;

public sealed class BpfSockHashTests
{
    private static readonly FlowKey s_key = new() { Port = 80, Address = 1 };

    public BpfSockHashTests() => Require.Kernel();

    [Fact]
    public void Key_ReturnsTheCookieOfItsSocket()
    {
        using PeersByFlowMap peers = PeersByFlowMap.Create();
        using Socket socket = TestSockets.Listen();
        using Socket other = TestSockets.Listen();
        Assert.False(peers.ContainsKey(s_key));
        Assert.Equal(BpfUpdateResult.NotFound, peers.Update(s_key, socket.SafeHandle, BpfUpdateFlags.Exist));
        peers.Set(s_key, socket);
        Assert.False(peers.TryAdd(s_key, other));
        Assert.True(peers.TryGetCookie(s_key, out ulong cookie));
        Assert.Equal(BpfSocketCookie.Get(socket), cookie);
        Assert.Equal([KeyValuePair.Create(s_key, cookie)], peers);

        Assert.True(peers.TryAdd(new FlowKey { Port = 81 }, other));
        Assert.Throws<BpfMapFullException>(() => peers.Set(new FlowKey { Port = 82 }, other));
        Assert.Throws<BpfMapFullException>(() => peers.TryAdd(new FlowKey { Port = 82 }, other));
        Assert.Equal(BpfUpdateResult.Full, peers.Update(new FlowKey { Port = 82 }, other.SafeHandle, BpfUpdateFlags.Any));
        Assert.Equal(2, peers.Count());
        Assert.True(peers.Remove(s_key));
        Assert.False(peers.Remove(s_key));
        peers.Clear();
        Assert.Empty(peers);
    }

    [Fact]
    public void KeyAndCookie_MayBeOneVariable()
    {
        using PeersByCookieMap peers = PeersByCookieMap.Create();
        using Socket socket = TestSockets.Listen();
        peers.Set(1234, socket);
        ulong number = 1234;
        Assert.True(peers.TryGetCookie(in number, out number));
        Assert.Equal(BpfSocketCookie.Get(socket), number);
    }

    [Fact]
    public void MapWithoutLookups_AcceptsSocketsAndRejectsLookups()
    {
        using RawMap raw = TestMaps.Create(BpfMapType.SockHash, keySize: 8, valueSize: 4, maxEntries: 2);
        PeersByFlowMap peers = PeersByFlowMap.FromRaw(raw);
        using Socket socket = TestSockets.Listen();
        peers.Set(s_key, socket);
        Assert.False(peers.TryAdd(s_key, socket));
        InvalidOperationException[] refusals =
        [
            Assert.Throws<InvalidOperationException>(() => peers.TryGetCookie(s_key, out _)),
            Assert.Throws<InvalidOperationException>(() => peers.ContainsKey(s_key)),
            Assert.Throws<InvalidOperationException>(() => peers.GetEnumerator()),
        ];
        Assert.All(
            refusals,
            refusal => Assert.Contains("reading cookies requires value_size 8", refusal.Message, StringComparison.Ordinal)
        );
        Assert.True(peers.Remove(s_key));
    }

    [Fact]
    public void NullSocket_IsRejected()
    {
        using PeersByFlowMap peers = PeersByFlowMap.Create();
        Assert.Throws<ArgumentNullException>(() => peers.Set(s_key, (Socket)null!));
        Assert.Throws<ArgumentNullException>(() => peers.TryAdd(s_key, (Socket)null!));
        Assert.Throws<ArgumentNullException>(() => peers.Update(s_key, null!, BpfUpdateFlags.Any));
    }

    [Fact]
    public void GarbageInTheKeyPadding_DoesNotChangeTheKey()
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
