using System.Net.Sockets;

namespace BpfMaps.Tests;

public sealed class BpfSockMapTests
{
    public BpfSockMapTests() => Require.Kernel();

    [Fact]
    public void Slot_ReturnsTheCookieOfItsSocket()
    {
        using PeersMap peers = PeersMap.Create();
        using Socket socket = TestSockets.Listen();
        using Socket other = TestSockets.Listen();
        ulong cookie = BpfSocketCookie.Get(socket);
        Assert.NotEqual(cookie, BpfSocketCookie.Get(other));
        Assert.Equal(8, peers.Info.ValueSize);
        Assert.False(peers.TryGetCookie(2, out ulong found));
        Assert.Equal(0ul, found);

        peers.Set(2, socket);
        Assert.True(peers.TryGetCookie(2, out found));
        Assert.Equal(cookie, found);
        Assert.False(peers.TryAdd(2, other));
        Assert.True(peers.TryAdd(3, other.SafeHandle));
        peers.Set(2, socket.SafeHandle);
        Assert.Equal([KeyValuePair.Create(2, cookie), KeyValuePair.Create(3, BpfSocketCookie.Get(other))], peers);
        Assert.Equal(2, peers.Count());

        Assert.True(peers.Remove(2));
        Assert.False(peers.Remove(2));
        peers.Clear();
        Assert.Empty(peers);
        Assert.True(socket.IsBound);
    }

    [Fact]
    public void ClosedSocket_IsRemovedFromItsSlot()
    {
        using PeersMap peers = PeersMap.Create();
        using (Socket socket = TestSockets.Listen())
            peers.Set(0, socket);
        Assert.False(peers.TryGetCookie(0, out _));
    }

    [Fact]
    public void MapWithoutLookups_AcceptsSocketsAndRejectsLookups()
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
        Assert.All(
            refusals,
            refusal => Assert.Contains("reading cookies requires value_size 8", refusal.Message, StringComparison.Ordinal)
        );
        Assert.True(peers.Remove(0));
        Assert.False(peers.Remove(0));
    }

    [Fact]
    public void UnsupportedSocket_IsRejectedWithTheReason()
    {
        using PeersMap peers = PeersMap.Create();
        using Socket idle = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        BpfException refusal = Assert.Throws<BpfException>(() => peers.Set(0, idle));
        Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
        Assert.Contains("connected or listening TCP sockets", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<BpfException>(() => peers.Set(0, peers.Raw.Handle)).Errno);
        Assert.Throws<ArgumentNullException>(() => peers.Set(0, (Socket)null!));
        Assert.Throws<ArgumentNullException>(() => peers.TryAdd(0, (Socket)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => peers.Set(4, idle));
        Assert.Throws<ArgumentOutOfRangeException>(() => peers.TryGetCookie(-1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => peers.Remove(4));
        Socket closed = TestSockets.Listen();
        System.Runtime.InteropServices.SafeHandle handle = closed.SafeHandle;
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => peers.Set(0, handle));
    }
}
