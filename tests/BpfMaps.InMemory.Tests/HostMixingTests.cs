using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of objects of one host that are passed to another.</summary>
public sealed class HostMixingTests
{
    private readonly InMemoryBpfHost _host = new();
    private readonly InMemoryBpfHost _other = new();

    [Fact]
    public void DescriptorNumberOfAnotherHost_FailsWithEbadf()
    {
        using Totals theirs = Totals.Create(host: _other);
        BpfException refusal = Assert.Throws<BpfException>(() => RawMap.FromFileDescriptor(NumberOf(theirs), _host));
        Assert.Equal(Errno.EBADF, refusal.Errno);
        using RawMap adopted = RawMap.FromFileDescriptor(NumberOf(theirs), _other);
        Assert.Equal(theirs.Info.Id, adopted.Info.Id);
    }

    [Fact]
    public void MapOfAnotherHost_CannotBeAnInnerMap()
    {
        using Totals template = Totals.Create(host: _host);
        using Totals theirs = Totals.Create(host: _other);
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
        BpfException refusal = Assert.Throws<BpfException>(() => outer.Update([0, 0, 0, 0], BitConverter.GetBytes(NumberOf(theirs))));
        Assert.Equal(Errno.EBADF, refusal.Errno);
    }

    [Fact]
    public void TemplateOfAnotherHost_ThrowsArgumentException()
    {
        using Totals theirs = Totals.Create(host: _other);
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.ArrayOfMaps,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 4,
            InnerMap = theirs.Raw,
        };
        Assert.Contains(
            "belongs to another host",
            Assert.Throws<ArgumentException>(() => RawMap.Create(spec, _host)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void BtfOfAnotherHost_FailsWithEbadf()
    {
        using Counters described = Counters.Create(host: _other);
        Assert.Equal(Errno.Ok, _other.OpenBtfById(described.Info.BtfId, out SafeHandle? btf));
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Hash,
            KeySize = 4,
            ValueSize = 8,
            MaxEntries = 4,
            Btf = btf,
            BtfKeyTypeId = described.Info.BtfKeyTypeId,
            BtfValueTypeId = described.Info.BtfValueTypeId,
        };
        using (btf)
        {
            Assert.Equal(Errno.EBADF, Assert.Throws<BpfException>(() => RawMap.Create(spec, _host)).Errno);
            using RawMap fitting = RawMap.Create(spec, _other);
            Assert.Equal(described.Info.BtfId, fitting.Info.BtfId);
        }
    }

    [Fact]
    public void MapAsBtfAndBtfAsMap_FailWithEinval()
    {
        using Counters counters = Counters.Create(host: _host);
        Assert.Equal(Errno.Ok, _host.OpenBtfById(counters.Info.BtfId, out SafeHandle? btf));
        using (btf)
        {
            BpfMapSpec spec = new()
            {
                Type = BpfMapType.Hash,
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 4,
                Btf = counters.Raw.Handle,
                BtfKeyTypeId = 1,
                BtfValueTypeId = 2,
            };
            Assert.Equal(Errno.EINVAL, Assert.Throws<BpfException>(() => RawMap.Create(spec, _host)).Errno);
            Assert.Equal(
                Errno.EINVAL,
                Assert.Throws<BpfException>(() => RawMap.FromFileDescriptor((int)btf!.DangerousGetHandle(), _host)).Errno
            );
            Assert.Equal(Errno.EBADF, _host.GetBtfData(counters.Raw.Handle, [], out _));
        }
    }

    private static int NumberOf(Totals map) => (int)map.Raw.Handle.DangerousGetHandle();
}
