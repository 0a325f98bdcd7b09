using System.Net.Sockets;

namespace BpfMaps.Tests;

public sealed class BpfReusePortSockArrayTests
{
    public BpfReusePortSockArrayTests() => Require.Kernel();

    [Fact]
    public void Slot_ReturnsTheCookieOfItsSocket()
    {
        using WorkersMap workers = WorkersMap.Create();
        using Socket first = TestSockets.OpenShared();
        using Socket second = TestSockets.OpenShared();
        workers.Set(0, first);
        Assert.False(workers.TryAdd(0, second));
        Assert.True(workers.TryAdd(3, second));
        Assert.Equal([KeyValuePair.Create(0, BpfSocketCookie.Get(first)), KeyValuePair.Create(3, BpfSocketCookie.Get(second))], workers);
        Assert.True(workers.Remove(0));
        Assert.False(workers.Remove(0));
        Assert.Equal(1, workers.Count());
    }

    [Fact]
    public void UnsupportedSocket_IsRejectedWithTheReason()
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
        Assert.Contains("it can be in only one", refusal.Message, StringComparison.Ordinal);
    }
}
