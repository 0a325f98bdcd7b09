using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class RingMappingTests
{
    private static readonly nuint s_page = (nuint)Environment.SystemPageSize;

    [Fact]
    public void ConsumerPage_IsMappedForWriting() => AssertMaps(Errno.Ok, s_page, page: 0, writable: true);

    [Fact]
    public void ProducerPageAndTwiceTheData_AreMappedForReading() => AssertMaps(Errno.Ok, 3 * s_page, page: 1, writable: false);

    [Fact]
    public void ProducerPage_IsNotMappedForWriting() => AssertMaps(Errno.EPERM, s_page, page: 1, writable: true);

    [Fact]
    public void ConsumerPageAndMore_AreNotMappedForWriting() => AssertMaps(Errno.EPERM, 2 * s_page, page: 0, writable: true);

    private static void AssertMaps(int expected, nuint length, int page, bool writable)
    {
        using RawMap ring = TestMaps.Create(BpfMapType.RingBuf, keySize: 0, valueSize: 0, maxEntries: (uint)s_page);
        int errno = TestHost.Current.MapMemory(ring.Handle, length, page * (nint)s_page, writable, out SafeHandle? memory);
        memory?.Dispose();
        Assert.Equal(Errno.Name(expected), Errno.Name(errno));
    }
}
