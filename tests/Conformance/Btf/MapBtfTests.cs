using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of BTF of maps: passed at creation, read back.</summary>
public sealed class MapBtfTests
{
    private static readonly BpfTypeLayout s_lock = BpfTypeLayout.Struct(
        "bpf_spin_lock",
        4,
        4,
        new BpfFieldLayout("val", 0, BpfTypeLayout.Of<uint>())
    );

    [Fact]
    public void LayoutsOfAnExistingMap_AreThoseOfItsCreation()
    {
        using RawMap map = DescribedMaps.Create(BpfMapType.Hash, DescribedMaps.FlowKey, DescribedMaps.FlowStats);
        Assert.True(MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value));
        Assert.Equal(
            "FlowStats_Key (12 bytes): SourceAddress u32 @0, DestinationAddress u32 @4, SourcePort u16 @8, DestinationPort u16 @10",
            key!.ToString()
        );
        Assert.Equal(
            "FlowStats (48 bytes): Counters FlowStats_Counters @0, Comm char[16] @16, Buckets u32[3] @32, Load s32 @44",
            value!.ToString()
        );
        Assert.Empty(LayoutComparison.Compare(DescribedMaps.FlowKey, key));
        Assert.Empty(LayoutComparison.Compare(DescribedMaps.FlowStats, value));
    }

    [Fact]
    public void FloatingPoint_IsReadBack()
    {
        BpfTypeLayout type = BpfTypeLayout.Struct(
            "Loads",
            16,
            8,
            new("Short", 0, BpfTypeLayout.Of<float>()),
            new("Long", 8, BpfTypeLayout.Of<double>())
        );
        using RawMap map = DescribedMaps.Create(BpfMapType.Hash, BpfTypeLayout.Of<uint>(), type);
        Assert.True(MapBtf.TryGetLayouts(map, out _, out BpfTypeLayout? value));
        Assert.Equal("Loads (16 bytes): Short float @0, Long double @8", value!.ToString());
    }

    [Fact]
    public void MapWithoutBtf_HasNoLayouts()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.False(MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value));
        Assert.Null(key);
        Assert.Null(value);
    }

    [Fact]
    public void ValueWithASpinLock_IsReadAndWrittenUnderIt()
    {
        BpfTypeLayout locked = BpfTypeLayout.Struct("Locked", 16, 8, new("Lock", 0, s_lock), new("Count", 8, BpfTypeLayout.Of<ulong>()));
        using RawMap map = DescribedMaps.Create(BpfMapType.Hash, BpfTypeLayout.Of<uint>(), locked);
        byte[] key = [1, 0, 0, 0];
        byte[] value = new byte[16];
        value[8] = 5;
        Assert.Equal(BpfUpdateResult.Ok, map.Update(key, value));
        value[8] = 6;
        Assert.Equal(BpfUpdateResult.Ok, map.Update(key, value, BpfUpdateFlags.Lock));
        byte[] read = new byte[16];
        Assert.True(map.TryLookup(key, read, BpfLookupFlags.Lock));
        Assert.Equal(6, read[8]);

        using RawMap plain = TestMaps.Create(BpfMapType.Hash, valueSize: 16);
        Assert.Equal(BpfUpdateResult.Ok, plain.Update(key, value));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => plain.TryLookup(key, read, BpfLookupFlags.Lock)));
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PerCpuArray)]
    [InlineData(BpfMapType.PerCpuHash)]
    [InlineData(BpfMapType.LruHash)]
    public void MapTypesWithNumericKeys_AcceptBtf(BpfMapType type)
    {
        using RawMap map = DescribedMaps.Create(type, BpfTypeLayout.Of<uint>(), DescribedMaps.FlowStats);
        Assert.NotEqual(0u, map.Info.BtfId);
    }

    [Fact]
    public void LpmTrie_AcceptsBtf()
    {
        BpfTypeLayout prefix = BpfTypeLayout.Struct(
            "LpmKey<uint>",
            8,
            4,
            new("PrefixLength", 0, BpfTypeLayout.Of<uint>()),
            new("Data", 4, BpfTypeLayout.Of<uint>())
        );
        using RawMap map = DescribedMaps.Create(BpfMapType.LpmTrie, prefix, BpfTypeLayout.Of<ulong>(), BpfMapFlags.NoPrealloc);
        Assert.NotEqual(0u, map.Info.BtfId);
    }

    [Fact]
    public void BloomFilter_AcceptsBtfOfItsValue()
    {
        using RawMap map = DescribedMaps.Create(BpfMapType.BloomFilter, null, DescribedMaps.FlowKey);
        Assert.True(MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value));
        Assert.Null(key);
        Assert.Equal(12, value!.Size);
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    public void QueuesAndStacks_RejectBtf(BpfMapType type) =>
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => DescribedMaps.Create(type, null, DescribedMaps.FlowStats).Dispose()));

    [Fact]
    public void InvalidBtf_IsRejected()
    {
        Assert.NotEqual(Errno.Ok, TestHost.Current.LoadBtf(new byte[64], out _));
        Assert.False(MapBtf.TryRead(TestHost.Current, uint.MaxValue, out _));
    }
}
