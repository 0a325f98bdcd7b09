using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class RingMappingTests
{
    private static readonly nuint s_page = (nuint)Environment.SystemPageSize;

    [Fact]
    public void ConsumerPage_IsMappedForWriting() => AssertMaps(BpfMapType.RingBuf, Errno.Ok, s_page, page: 0, writable: true);

    [Fact]
    public void ProducerPageAndTwiceTheData_AreMappedForReading() => AssertMaps(BpfMapType.RingBuf, Errno.Ok, 3 * s_page, page: 1, writable: false);

    [Fact]
    public void ProducerPage_IsNotMappedForWriting() => AssertMaps(BpfMapType.RingBuf, Errno.EPERM, s_page, page: 1, writable: true);

    [Fact]
    public void ConsumerPageAndMore_AreNotMappedForWriting() => AssertMaps(BpfMapType.RingBuf, Errno.EPERM, 2 * s_page, page: 0, writable: true);

    [Fact]
    public void UserRing_IsMappedTheOtherWayRound()
    {
        AssertMaps(BpfMapType.UserRingBuf, Errno.Ok, s_page, page: 0, writable: false);
        AssertMaps(BpfMapType.UserRingBuf, Errno.EPERM, s_page, page: 0, writable: true);
        AssertMaps(BpfMapType.UserRingBuf, Errno.Ok, 3 * s_page, page: 1, writable: true);
    }

    [Theory]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    public void MappingPastTheRing_IsEinval(BpfMapType type) => AssertMaps(type, Errno.EINVAL, 4 * s_page, page: 1, writable: false);

    private static void AssertMaps(BpfMapType type, int expected, nuint length, int page, bool writable)
    {
        using RawMap ring = TestMaps.Create(type, keySize: 0, valueSize: 0, maxEntries: (uint)s_page);
        int errno = TestHost.Current.MapMemory(ring.Handle, length, page * (nint)s_page, writable, out SafeHandle? memory);
        memory?.Dispose();
        Assert.Equal(Errno.Name(expected), Errno.Name(errno));
    }
}
