using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of the lifetime of maps, ids and BTF.</summary>
public sealed class LifetimeTests
{
    private const string Pin = "/sys/fs/bpf/some/where/counters";

    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void Ids_AscendAndAreNotReused()
    {
        uint first,
            second;
        using (Counters counters = Counters.Create(host: _host))
            first = counters.Info.Id;
        using (Counters counters = Counters.Create(host: _host))
            second = counters.Info.Id;
        Assert.Equal((1u, 2u), (first, second));
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void Map_LivesUntilItsLastDescriptorIsClosed()
    {
        Counters counters = Counters.Create(host: _host);
        uint id = counters.Info.Id;
        using (Counters.OpenById(id, host: _host))
        {
            counters.Dispose();
            Assert.Equal(id, Assert.Single(RawMap.EnumerateLoaded(_host)).Id);
        }

        Assert.Empty(RawMap.EnumerateLoaded(_host));
        Assert.Equal(Errno.ENOENT, Assert.Throws<BpfException>(() => RawMap.OpenById(id, host: _host)).Errno);
    }

    [Fact]
    public void PinnedMap_LivesUntilItIsUnpinned()
    {
        using (Counters counters = Counters.Create(host: _host))
        {
            counters[1] = 1;
            counters.Pin(Pin);
        }

        using (Counters counters = Counters.OpenPinned(Pin, host: _host))
        {
            Assert.Equal(1u, counters[1]);
            counters.Unpin();
            Assert.Equal(1u, counters[1]);
        }

        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void InnerMap_LivesAsLongAsAnOuterMapHoldsIt()
    {
        Totals inner = Totals.Create(host: _host);
        RawMap outer = RawMap.Create(
            new()
            {
                Type = BpfMapType.HashOfMaps,
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
                InnerMap = inner.Raw,
            },
            _host
        );
        outer.Update([1, 0, 0, 0], Descriptor(inner));
        outer.Update([2, 0, 0, 0], Descriptor(inner));
        outer.Update([3, 0, 0, 0], Descriptor(inner));
        inner.Dispose();
        Assert.Equal(2, RawMap.EnumerateLoaded(_host).Count());
        outer.Delete([1, 0, 0, 0]);
        Assert.Equal(2, RawMap.EnumerateLoaded(_host).Count());
        outer.Dispose();
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void ReplacedInnerMap_IsRemoved()
    {
        using Totals template = Totals.Create(host: _host);
        using RawMap outer = RawMap.Create(
            new()
            {
                Type = BpfMapType.ArrayOfMaps,
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
                InnerMap = template.Raw,
            },
            _host
        );
        for (int round = 0; round < 3; round++)
        {
            using Totals inner = Totals.Create(host: _host);
            outer.Update([1, 0, 0, 0], Descriptor(inner));
            outer.Update([1, 0, 0, 0], Descriptor(inner));
        }

        Assert.Equal(3, RawMap.EnumerateLoaded(_host).Count());
    }

    [Fact]
    public void Map_LivesAsLongAsAViewOfItsMemory()
    {
        Settings settings = Settings.Create(host: _host);
        BpfArrayView<ulong> view = settings.Map();
        settings.Dispose();
        view[1] = 5;
        Assert.Single(RawMap.EnumerateLoaded(_host));
        Assert.Equal(5u, view[1]);
        view.Dispose();
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void Btf_LivesAsLongAsItsMaps()
    {
        Counters counters = Counters.Create(host: _host);
        uint id = counters.Info.BtfId;
        Assert.Equal(Errno.Ok, _host.OpenBtfById(id, out SafeHandle? btf));
        counters.Dispose();
        Assert.Equal(Errno.Ok, _host.GetBtfData(btf!, [], out int size));
        Assert.InRange(size, 24, 1000);
        btf!.Dispose();
        Assert.Equal(Errno.ENOENT, _host.OpenBtfById(id, out _));
        Assert.Equal(Errno.EBADF, _host.GetBtfData(btf, [], out _));
    }

    [Fact]
    public void MapThatIsNotDisposed_IsRemovedByTheGarbageCollector()
    {
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void HostsOfOneProcess_AreIsolated()
    {
        InMemoryBpfHost other = new();
        using Counters counters = Counters.Create(host: _host);
        counters.Pin(Pin);
        Assert.Empty(RawMap.EnumerateLoaded(other));
        Assert.Equal(Errno.ENOENT, Assert.Throws<BpfException>(() => Counters.OpenPinned(Pin, host: other)).Errno);
        Assert.Equal(Errno.ENOENT, Assert.Throws<BpfException>(() => Counters.OpenById(counters.Info.Id, host: other)).Errno);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget()
    {
        Settings settings = Settings.Create(host: _host);
        using (BpfArrayView<ulong> view = settings.Map())
            view[0] = 1;
        Counters.Create(host: _host)[1] = 1;
    }

    private static byte[] Descriptor(Totals map) => BitConverter.GetBytes((int)map.Raw.Handle.DangerousGetHandle());
}
