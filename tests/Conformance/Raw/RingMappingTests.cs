using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>
/// Tests of which memory of a ring can be mapped: page 0 is the consumer's, page 1 the producer's, followed by the data twice. The rings
/// have one page of data.
/// </summary>
public sealed class RingMappingTests
{
    private static readonly int s_page = Environment.SystemPageSize;

    [Theory]
    [InlineData(BpfMapType.RingBuf, 0, 1, true, Errno.Ok)]
    [InlineData(BpfMapType.RingBuf, 0, 1, false, Errno.Ok)]
    [InlineData(BpfMapType.RingBuf, 0, 2, true, Errno.EPERM)]
    [InlineData(BpfMapType.RingBuf, 1, 1, true, Errno.EPERM)]
    [InlineData(BpfMapType.RingBuf, 1, 3, true, Errno.EPERM)]
    [InlineData(BpfMapType.RingBuf, 1, 3, false, Errno.Ok)]
    [InlineData(BpfMapType.RingBuf, 4, 1, true, Errno.EPERM)]
    [InlineData(BpfMapType.RingBuf, 0, 5, true, Errno.EPERM)]
    [InlineData(BpfMapType.UserRingBuf, 0, 1, true, Errno.EPERM)]
    [InlineData(BpfMapType.UserRingBuf, 0, 1, false, Errno.Ok)]
    [InlineData(BpfMapType.UserRingBuf, 0, 4, true, Errno.EPERM)]
    [InlineData(BpfMapType.UserRingBuf, 1, 1, true, Errno.Ok)]
    [InlineData(BpfMapType.UserRingBuf, 1, 3, true, Errno.Ok)]
    [InlineData(BpfMapType.UserRingBuf, 3, 1, true, Errno.Ok)]
    [InlineData(BpfMapType.UserRingBuf, 4, 1, true, Errno.EINVAL)]
    public void Pages_AreMappableForTheUserSpaceSide(BpfMapType type, int page, int pages, bool writable, int expected) =>
        AssertMaps(type, page * (nint)s_page, pages * s_page, writable, expected);

    [Theory]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    public void WholeRing_IsMappableOnlyForReading(BpfMapType type)
    {
        AssertMaps(type, 0, 4 * s_page, writable: false, Errno.Ok);
        AssertMaps(type, 0, 5 * s_page, writable: false, Errno.EINVAL);
        AssertMaps(type, s_page, 4 * s_page, writable: false, Errno.EINVAL);
        AssertMaps(type, 4 * s_page, s_page, writable: false, Errno.EINVAL);
    }

    [Theory]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    public void Length_IsRoundedUpToPagesButTheOffsetIsNot(BpfMapType type)
    {
        AssertMaps(type, s_page, 100, writable: false, Errno.Ok);
        AssertMaps(type, 100, s_page, writable: false, Errno.EINVAL);
        AssertMaps(type, 0, 0, writable: false, Errno.EINVAL);
    }

    [Theory]
    [InlineData(BpfMapType.RingBuf, 0)]
    [InlineData(BpfMapType.UserRingBuf, 1)]
    public void FrozenRing_IsMappableOnlyForReading(BpfMapType type, int ownPage)
    {
        using RawMap ring = Create(type);
        Assert.Equal(Errno.Ok, Map(ring, ownPage * (nint)s_page, s_page, writable: true, out SafeHandle? memory));
        Assert.Equal(Errno.EBUSY, TestMaps.Errno(ring.Freeze));
        memory!.Dispose();

        ring.Freeze();

        Assert.Equal(Errno.EPERM, Map(ring, ownPage * (nint)s_page, s_page, writable: true, out _));
        Assert.Equal(Errno.Ok, Map(ring, 0, 4 * s_page, writable: false, out memory));
        memory!.Dispose();
    }

    private static RawMap Create(BpfMapType type) => TestMaps.Create(type, keySize: 0, valueSize: 0, maxEntries: (uint)s_page);

    private static int Map(RawMap ring, nint offset, int length, bool writable, out SafeHandle? memory) =>
        TestHost.Current.MapMemory(ring.Handle, (nuint)length, offset, writable, out memory);

    private static void AssertMaps(BpfMapType type, nint offset, int length, bool writable, int expected)
    {
        using RawMap ring = Create(type);
        int errno = Map(ring, offset, length, writable, out SafeHandle? memory);
        memory?.Dispose();
        Assert.Equal(Errno.Name(expected), Errno.Name(errno));
    }
}
