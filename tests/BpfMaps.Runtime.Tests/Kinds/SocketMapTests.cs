using System.Net.Sockets;

namespace BpfMaps.Tests;

public sealed class BpfSockMapTests
{
    public BpfSockMapTests() => Require.Kernel();

    [Fact]
    public void ASlot_TellsTheCookieOfItsSocket()
    {
        using PeersMap peers = PeersMap.Create();
        using Socket socket = TestSockets.Listen();
        using Socket other = TestSockets.Listen();
        ulong cookie = BpfSocketCookie.Of(socket);
        Assert.NotEqual(cookie, BpfSocketCookie.Of(other));
        Assert.Equal(8, peers.Info.ValueSize);
        Assert.False(peers.TryGetCookie(2, out ulong found));
        Assert.Equal(0ul, found);

        peers.Set(2, socket);
        Assert.True(peers.TryGetCookie(2, out found));
        Assert.Equal(cookie, found);
        Assert.False(peers.TryAdd(2, other));
        Assert.True(peers.TryAdd(3, other.SafeHandle));
        peers.Set(2, socket.SafeHandle);
        Assert.Equal([KeyValuePair.Create(2, cookie), KeyValuePair.Create(3, BpfSocketCookie.Of(other))], peers);
        Assert.Equal(2, peers.Count());

        Assert.True(peers.Remove(2));
        Assert.False(peers.Remove(2));
        peers.Clear();
        Assert.Empty(peers);
        Assert.True(socket.IsBound);
    }

    [Fact]
    public void ASocketThatIsClosed_LeavesItsSlot()
    {
        using PeersMap peers = PeersMap.Create();
        using (Socket socket = TestSockets.Listen())
            peers.Set(0, socket);
        Assert.False(peers.TryGetCookie(0, out _));
    }

    [Fact]
    public void AMapWithoutLookups_TakesSocketsAndSaysWhatItCannot()
    {
        using QuietPeersMap peers = QuietPeersMap.Create();
        using Socket socket = TestSockets.Listen();
        peers.Set(0, socket);
        Assert.False(peers.TryAdd(0, socket));
        InvalidOperationException[] refusals =
        [
            Assert.Throws<InvalidOperationException>(() => peers.TryGetCookie(0, out _)),
            Assert.Throws<InvalidOperationException>(() => peers.Count()),
            Assert.Throws<InvalidOperationException>(() => peers.GetEnumerator()),
        ];
        Assert.All(refusals, refusal => Assert.Contains("only where value_size is 8", refusal.Message, StringComparison.Ordinal));
        Assert.True(peers.Remove(0));
        Assert.False(peers.Remove(0));
    }

    [Fact]
    public void WhatTheMapDoesNotTake_IsRefusedWithTheReason()
    {
        using PeersMap peers = PeersMap.Create();
        using Socket idle = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        BpfException refusal = Assert.Throws<BpfException>(() => peers.Set(0, idle));
        Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
        Assert.Contains("TCP sockets that are connected or listen", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<BpfException>(() => peers.Set(0, peers.Raw.Handle)).Errno);
        Assert.Throws<ArgumentNullException>(() => peers.Set(0, (Socket)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => peers.Set(4, idle));
        Assert.Throws<ArgumentOutOfRangeException>(() => peers.TryGetCookie(-1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => peers.Remove(4));
        Socket closed = TestSockets.Listen();
        System.Runtime.InteropServices.SafeHandle handle = closed.SafeHandle;
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => peers.Set(0, handle));
    }
}

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

public sealed class BpfReusePortSockArrayTests
{
    public BpfReusePortSockArrayTests() => Require.Kernel();

    [Fact]
    public void ASlot_TellsTheCookieOfItsSocket()
    {
        using WorkersMap workers = WorkersMap.Create();
        using Socket first = TestSockets.OpenShared();
        using Socket second = TestSockets.OpenShared();
        workers.Set(0, first);
        Assert.False(workers.TryAdd(0, second));
        Assert.True(workers.TryAdd(3, second));
        Assert.Equal([KeyValuePair.Create(0, BpfSocketCookie.Of(first)), KeyValuePair.Create(3, BpfSocketCookie.Of(second))], workers);
        Assert.True(workers.Remove(0));
        Assert.False(workers.Remove(0));
        Assert.Equal(1, workers.Count());
    }

    [Fact]
    public void WhatTheArrayDoesNotTake_IsRefusedWithTheReason()
    {
        using WorkersMap workers = WorkersMap.Create();
        using Socket unbound = TestSockets.OpenShared(isBound: false);
        using Socket shared = TestSockets.OpenShared();
        BpfException refusal = Assert.Throws<BpfException>(() => workers.Set(0, unbound));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("with SO_REUSEPORT set before they were bound", refusal.Message, StringComparison.Ordinal);
        workers.Set(0, shared);
        refusal = Assert.Throws<BpfException>(() => workers.Set(1, shared));
        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains("it can be in one only", refusal.Message, StringComparison.Ordinal);
    }
}
