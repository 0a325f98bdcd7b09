using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class MemoryTests
{
    [Fact]
    public void View_SharesMemoryWithUpdatesAndLookups()
    {
        using RawMap map = Create();
        map.Update(TestMaps.Bytes(2), TestMaps.Bytes(42L));
        using BpfMemoryView view = map.Map();
        Assert.Equal(42L, MemoryMarshal.Read<long>(view.Slice(2 * 8, 8)));

        MemoryMarshal.Write(view.Slice(3 * 8, 8), 43L);
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(TestMaps.Bytes(3), value));
        Assert.Equal(43L, BitConverter.ToInt64(value));

        map.Update(TestMaps.Bytes(2), TestMaps.Bytes(44L));
        Assert.Equal(44L, MemoryMarshal.Read<long>(view.Slice(2 * 8, 8)));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(12, 16)]
    [InlineData(4096, 4096)]
    public void Elements_HaveAStrideOfEight(int valueSize, int stride)
    {
        using RawMap map = Create(valueSize);
        TestMaps.Fill(map, map.MaxEntries);
        using BpfReadOnlyMemoryView view = map.MapReadOnly();
        Assert.Equal((long)stride * map.MaxEntries, view.Length);
        Assert.Equal(view.Length, view.Span.Length);
        for (uint number = 0; number < map.MaxEntries; number++)
            Assert.Equal(TestMaps.Key(valueSize, number), view.Slice(number * stride, valueSize));
    }

    [Fact]
    public unsafe void Memory_IsPageAligned()
    {
        using RawMap map = Create();
        using BpfMemoryView view = map.Map();
        fixed (byte* start = view.Span)
            Assert.Equal(0u, (nuint)start % (nuint)Environment.SystemPageSize);
    }

    [Fact]
    public void Views_ShareTheirMemory()
    {
        using RawMap map = Create();
        using BpfMemoryView first = map.Map();
        using BpfMemoryView second = map.Map();
        first.Span[0] = 7;
        Assert.Equal(7, second.Span[0]);
    }

    [Fact]
    public void ViewsOfADisposedMap_StayValid()
    {
        RawMap map = Create();
        map.Update(TestMaps.Bytes(0), TestMaps.Bytes(42L));
        BpfMemoryView first = map.Map();
        using BpfMemoryView second = map.Map();
        map.Dispose();
        Assert.Equal(42L, MemoryMarshal.Read<long>(first.Span));
        first.Dispose();
        Assert.Equal(42L, MemoryMarshal.Read<long>(second.Span));
        Assert.Throws<ObjectDisposedException>(() => map.Map().Dispose());
    }

    [Fact]
    public void ReadOnlyAndWritableViews_ShareTheirMemory()
    {
        using RawMap map = Create();
        using BpfMemoryView writable = map.Map();
        using BpfReadOnlyMemoryView readable = map.MapReadOnly();
        writable.Span[9] = 5;
        Assert.Equal(5, readable.Span[9]);
    }

    [Fact]
    public void ViewDisposedTwice_ReleasesItsReferenceOnce()
    {
        using RawMap map = Create();
        BpfMemoryView twice = map.Map();
        using BpfMemoryView other = map.Map();
        twice.Dispose();
        twice.Dispose();
        BpfMemoryView copy = twice;
        copy.Dispose();
        map.Dispose();
        other.Span[0] = 1; // Would be a segmentation fault without the mapping.
        Assert.Equal(1, other.Span[0]);
    }

    [Fact]
    public void SpanOfADisposedView_IsRejected()
    {
        using RawMap map = Create();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            BpfMemoryView view = map.Map();
            view.Dispose();
            return view.Span.Length;
        });
        Assert.Throws<ObjectDisposedException>(() =>
        {
            BpfReadOnlyMemoryView view = map.MapReadOnly();
            view.Dispose();
            return view.Slice(0, 1).Length;
        });
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 129)]
    [InlineData(128, 1)]
    [InlineData(long.MaxValue, 1)]
    public void SliceOutsideTheView_IsRejected(long offset, int length)
    {
        using RawMap map = Create();
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            using BpfMemoryView view = map.Map();
            return view.Slice(offset, length).Length;
        });
    }

    [Fact]
    public void FreezeWithAWritableView_FailsWithEbusyUntilTheViewIsDisposed()
    {
        using RawMap map = Create();
        BpfMemoryView view = map.Map();
        var refusal = Assert.Throws<BpfException>(map.Freeze);
        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains("dispose the views first", refusal.Message, StringComparison.Ordinal);
        view.Span[0] = 3; // The mapping is still valid.

        view.Dispose();
        map.Freeze();
        Assert.True(map.GetUsage().IsFrozen);
    }

    [Fact]
    public void FreezeAfterADisposedView_Succeeds()
    {
        using RawMap map = Create();
        map.Map().Dispose();
        map.Freeze();
        Assert.True(map.GetUsage().IsFrozen);
    }

    [Fact]
    public void FrozenMap_CanBeMappedOnlyReadOnly()
    {
        using RawMap map = Create();
        map.Update(TestMaps.Bytes(0), TestMaps.Bytes(42L));
        map.Freeze();
        var refusal = Assert.Throws<BpfPermissionException>(() => map.Map().Dispose());
        Assert.Equal(Errno.EPERM, refusal.Errno);
        Assert.Contains("map it with MapReadOnly()", refusal.Message, StringComparison.Ordinal);
        using BpfReadOnlyMemoryView view = map.MapReadOnly();
        Assert.Equal(42L, MemoryMarshal.Read<long>(view.Span));
    }

    [Fact]
    public void ReadOnlyDescriptor_CannotBeMapped()
    {
        using RawMap map = Create();
        using RawMap reader = TestMaps.OpenById(map.Info.Id, BpfMapAccess.ReadOnly);
        var writable = Assert.Throws<BpfPermissionException>(() => reader.Map().Dispose());
        Assert.Equal(Errno.EACCES, writable.Errno);
        Assert.Contains("This descriptor of the map is read-only.", writable.Message, StringComparison.Ordinal);
        var readable = Assert.Throws<BpfException>(() => reader.MapReadOnly().Dispose());
        Assert.Equal(Errno.EINVAL, readable.Errno);
        Assert.Contains("open the map with BpfMapAccess.ReadWrite", readable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteOnlyDescriptor_CannotBeMapped()
    {
        using RawMap map = Create();
        using RawMap writer = TestMaps.OpenById(map.Info.Id, BpfMapAccess.WriteOnly);
        var refusal = Assert.Throws<BpfPermissionException>(() => writer.MapReadOnly().Dispose());
        Assert.Equal(Errno.EACCES, refusal.Errno);
        Assert.Contains("This descriptor of the map is write-only.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArrayWithoutTheFlag_FailsWithEinvalAndNamesTheFlag()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array);
        var refusal = Assert.Throws<BpfException>(() => map.Map().Dispose());
        Assert.Equal((Errno.EINVAL, "mmap"), (refusal.Errno, refusal.Command));
        Assert.Contains("BpfMapFlags.Mmapable", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapTypeWithoutMemory_IsNotSupported()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Throws<BpfNotSupportedException>(() => map.Map().Dispose());
    }

    [Fact]
    public void MappingLongerThanTheMap_FailsWithEinval()
    {
        using RawMap map = Create();
        nuint page = (nuint)Environment.SystemPageSize;
        Assert.Equal(Errno.EINVAL, TestHost.Current.MapMemory(map.Handle, 2 * page, 0, writable: true, out _));
        Assert.Equal(Errno.Ok, TestHost.Current.MapMemory(map.Handle, page, 0, writable: true, out SafeHandle? memory));
        memory!.Dispose();
    }

    private static RawMap Create(int valueSize = 8) => TestMaps.Create(BpfMapType.Array, valueSize: valueSize, flags: BpfMapFlags.Mmapable);
}
