using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Creates maps with BTF generated from layouts.</summary>
internal static class DescribedMaps
{
    public static BpfTypeLayout FlowKey { get; } =
        BpfTypeLayout.Struct(
            "FlowStats.Key",
            12,
            4,
            new("SourceAddress", 0, BpfTypeLayout.Of<uint>()),
            new("DestinationAddress", 4, BpfTypeLayout.Of<uint>()),
            new("SourcePort", 8, BpfTypeLayout.Of<ushort>()),
            new("DestinationPort", 10, BpfTypeLayout.Of<ushort>())
        );

    private static readonly BpfTypeLayout s_counters = BpfTypeLayout.Struct(
        "FlowStats.Counters",
        16,
        8,
        new("Packets", 0, BpfTypeLayout.Of<ulong>()),
        new("Drops", 8, BpfTypeLayout.Of<int>())
    );

    public static BpfTypeLayout FlowStats { get; } =
        BpfTypeLayout.Struct(
            "FlowStats",
            48,
            8,
            new("Counters", 0, s_counters),
            new("Comm", 16, BpfTypeLayout.Char8, 16),
            new("Buckets", 32, BpfTypeLayout.Of<uint>(), 3),
            new("Load", 44, BpfTypeLayout.Of<int>())
        );

    public static RawMap Create(BpfMapType type, BpfTypeLayout? key, BpfTypeLayout value, BpfMapFlags flags = BpfMapFlags.None)
    {
        using LoadedBtf? btf = MapBtf.TryLoad(TestHost.Current, key, value, out _);
        Assert.NotNull(btf);
        return TestMaps.Create(
            new BpfMapSpec
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
            }
        );
    }
}
