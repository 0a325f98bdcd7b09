using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

public sealed class BpfXskMapTests
{
    public BpfXskMapTests() => Require.Kernel();

    [Fact]
    public void Slot_AcceptsASocketAndIsCleared()
    {
        using XsksMap sockets = XsksMap.Create();
        using SafeSocketHandle first = TestSockets.OpenXdp();
        using SafeSocketHandle second = TestSockets.OpenXdp();
        sockets.Set(0, first);
        Assert.True(sockets.TryAdd(0, first));
        Assert.False(sockets.TryAdd(0, second));
        Assert.True(sockets.TryAdd(1, second));
        sockets.Set(2, second);
        sockets.Remove(0);
        sockets.Remove(0);
        Assert.True(sockets.TryAdd(0, second));
        sockets.Clear();
        Assert.True(sockets.TryAdd(0, first));
    }

    [Fact]
    public void ClosedSocket_IsRemovedFromItsSlot()
    {
        using XsksMap sockets = XsksMap.Create();
        using SafeSocketHandle next = TestSockets.OpenXdp();
        using (SafeSocketHandle closed = TestSockets.OpenXdp())
        {
            sockets.Set(3, closed);
            Assert.False(sockets.TryAdd(3, next));
        }
        Assert.True(sockets.TryAdd(3, next));
    }

    [Fact]
    public void OtherSocketThanXdp_IsRejectedWithTheReason()
    {
        using XsksMap sockets = XsksMap.Create();
        using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        BpfException refusal = Assert.Throws<BpfException>(() => sockets.Set(0, udp.SafeHandle));
        Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
        Assert.Contains("The socket is not of the family AF_XDP.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<BpfException>(() => sockets.Set(0, sockets.Raw.Handle)).Errno);
        Assert.Equal(
            Errno.EBADF,
            Assert.Throws<BpfException>(() => sockets.Set(0, new SafeFileHandle(1_000_000, ownsHandle: false))).Errno
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => sockets.Set(4, udp.SafeHandle));
        Assert.Throws<ArgumentOutOfRangeException>(() => sockets.Remove(-1));
    }
}
