using System.Globalization;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary>BTF of maps in the kernel: given at creation, shown by bpftool, read back.</summary>
public sealed class MapBtfTests
{
    private static readonly BpfTypeLayout s_key = BpfTypeLayout.Struct(
        "FlowStats.Key", 12, 4, new("SourceAddress", 0, BpfTypeLayout.UInt32), new("DestinationAddress", 4, BpfTypeLayout.UInt32), new("SourcePort", 8, BpfTypeLayout.UInt16), new("DestinationPort", 10, BpfTypeLayout.UInt16));

    private static readonly BpfTypeLayout s_inner = BpfTypeLayout.Struct("FlowStats.Counters", 16, 8, new("Packets", 0, BpfTypeLayout.UInt64), new("Drops", 8, BpfTypeLayout.Int32));

    private static readonly BpfTypeLayout s_value = BpfTypeLayout.Struct(
        "FlowStats", 48, 8, new("Counters", 0, s_inner), new("Comm", 16, BpfTypeLayout.Char8, 16), new("Buckets", 32, BpfTypeLayout.UInt32, 3), new("Load", 44, BpfTypeLayout.Int32));

    private static readonly BpfTypeLayout s_lock = BpfTypeLayout.Struct("bpf_spin_lock", 4, 4, new BpfFieldLayout("val", 0, BpfTypeLayout.UInt32));

    [Fact]
    public void BpfTool_PrintsOurFieldNames()
    {
        Require.BpfTool();
        using RawMap map = Create(BpfMapType.Hash, s_key, s_value);
        byte[] key = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 4, 0];
        byte[] value = new byte[48];
        value[0] = 7;
        value[8] = 9;
        "bash"u8.CopyTo(value.AsSpan(16));
        value[32] = 11;
        value[40] = 13;
        map.Update(key, value);

        string json = Processes.Run("bpftool", "-j", "map", "dump", "id", map.Info.Id.ToString(CultureInfo.InvariantCulture));
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement element = document.RootElement[0].GetProperty("formatted");
        Assert.Equal("{\"SourceAddress\":1,\"DestinationAddress\":2,\"SourcePort\":3,\"DestinationPort\":4}", element.GetProperty("key").GetRawText());
        JsonElement shown = element.GetProperty("value");
        Assert.Equal("{\"Packets\":7,\"Drops\":9}", shown.GetProperty("Counters").GetRawText());
        Assert.Equal("bash", shown.GetProperty("Comm").GetString());
        Assert.Equal("[11,0,13]", shown.GetProperty("Buckets").GetRawText());
    }

    [Fact]
    public void LayoutsOfAnExistingMap_AreThoseItWasCreatedWith()
    {
        using RawMap map = Create(BpfMapType.Hash, s_key, s_value);
        Assert.True(MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value));
        Assert.Equal("FlowStats_Key (12 bytes): SourceAddress u32 @0, DestinationAddress u32 @4, SourcePort u16 @8, DestinationPort u16 @10", key!.ToString());
        Assert.Equal("FlowStats (48 bytes): Counters FlowStats_Counters @0, Comm char[16] @16, Buckets u32[3] @32, Load s32 @44", value!.ToString());
        Assert.Empty(LayoutComparison.Compare(s_key, key));
        Assert.Empty(LayoutComparison.Compare(s_value, value));
    }

    // bpftool 7 does not know floating-point numbers and prints no JSON for them, so they are not in the value above.
    [Fact]
    public void FloatingPoint_IsReadBack()
    {
        BpfTypeLayout type = BpfTypeLayout.Struct("Loads", 16, 8, new("Short", 0, BpfTypeLayout.Single), new("Long", 8, BpfTypeLayout.Double));
        using RawMap map = Create(BpfMapType.Hash, BpfTypeLayout.UInt32, type);
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
        BpfTypeLayout locked = BpfTypeLayout.Struct("Locked", 16, 8, new("Lock", 0, s_lock), new("Count", 8, BpfTypeLayout.UInt64));
        using RawMap map = Create(BpfMapType.Hash, BpfTypeLayout.UInt32, locked);
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
    public void EveryKindWithNumbersAsKeys_TakesBtf(BpfMapType type)
    {
        using RawMap map = Create(type, BpfTypeLayout.UInt32, s_value);
        Assert.NotEqual(0u, map.Info.BtfId);
    }

    [Fact]
    public void LpmTrie_TakesBtf()
    {
        BpfTypeLayout prefix = BpfTypeLayout.Struct("LpmKey<uint>", 8, 4, new("PrefixLength", 0, BpfTypeLayout.UInt32), new("Data", 4, BpfTypeLayout.UInt32));
        using RawMap map = Create(BpfMapType.LpmTrie, prefix, BpfTypeLayout.UInt64, BpfMapFlags.NoPrealloc);
        Assert.NotEqual(0u, map.Info.BtfId);
    }

    [Fact]
    public void KeylessBloomFilter_TakesBtfOfItsValue()
    {
        using RawMap map = Create(BpfMapType.BloomFilter, null, s_key);
        Assert.True(MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value));
        Assert.Null(key);
        Assert.Equal(12, value!.Size);
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    public void QueuesAndStacks_AreRefusedWithBtf(BpfMapType type) => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => Create(type, null, s_value).Dispose()));

    [Fact]
    public void BtfThatIsNoBtf_IsRefusedByTheKernel()
    {
        Require.Kernel();
        Assert.NotEqual(Errno.Ok, BpfHost.Kernel.LoadBtf(new byte[64], out _));
        Assert.False(MapBtf.TryRead(BpfHost.Kernel, uint.MaxValue, out _));
    }

    private static RawMap Create(BpfMapType type, BpfTypeLayout? key, BpfTypeLayout value, BpfMapFlags flags = BpfMapFlags.None)
    {
        Require.Kernel();
        using LoadedBtf? btf = MapBtf.TryLoad(BpfHost.Kernel, key, value);
        Assert.NotNull(btf);
        return RawMap.Create(new BpfMapSpec
        {
            Type = type,
            Name = "btf_test",
            KeySize = key?.Size ?? 0,
            ValueSize = value.Size,
            MaxEntries = 4,
            Flags = flags,
            Btf = btf.Handle,
            BtfKeyTypeId = btf.KeyTypeId,
            BtfValueTypeId = btf.ValueTypeId,
        });
    }
}
