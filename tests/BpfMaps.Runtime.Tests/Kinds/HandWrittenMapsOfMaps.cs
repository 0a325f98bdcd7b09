using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Maps of maps, as the generator emits them: the schema contains the inner maps' schema, and the constructor specifies how an inner map is
// opened.

internal sealed class ShardsMap : BpfArrayOfMaps<FlowsMap>
{
    private ShardsMap(RawMap raw)
        : base(raw, Schema, FlowsMap.FromRaw) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.ArrayOfMaps,
            Name = "shards",
            MaxEntries = 100,
            Key = BpfTypeLayout.Of<uint>(),
            Inner = FlowsMap.Schema,
        };

    public static ShardsMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static ShardsMap OpenPinned(string path, BpfMapAccess access = BpfMapAccess.ReadWrite, BpfHost? host = null) =>
        new(Schema.OpenPinned(path, access, host));

    public static ShardsMap OpenById(uint id, BpfHost? host = null) => new(Schema.OpenById(id, BpfMapAccess.ReadWrite, host));

    public static ShardsMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class FewShardsMap : BpfArrayOfMaps<FlowsMap>
{
    private FewShardsMap(RawMap raw)
        : base(raw, Schema, FlowsMap.FromRaw) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.ArrayOfMaps,
            Name = "few_shards",
            MaxEntries = 10,
            Key = BpfTypeLayout.Of<uint>(),
            Inner = FlowsMap.Schema,
        };

    public static FewShardsMap Create() => new(Schema.Create(null, null));
}

internal sealed class HitsMap : BpfHashMap<uint, ulong>
{
    private HitsMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Hash,
            Name = "hits",
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static HitsMap Create(uint maxEntries, BpfHost? host = null) => new(Schema.Create(maxEntries, host));

    public static HitsMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

/// <summary>Keys with padding.</summary>
internal sealed class TenantsMap : BpfHashOfMaps<FlowKey, HitsMap>
{
    private TenantsMap(RawMap raw)
        : base(raw, Schema, HitsMap.FromRaw) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.HashOfMaps,
            Name = "tenants",
            MaxEntries = 300,
            Key = FlowKey.Layout,
            Inner = HitsMap.Schema,
        };

    public static TenantsMap Create(BpfHost? host = null) => new(Schema.Create(null, host));
}

/// <summary>Keys of 4 bytes, the size of an id.</summary>
internal sealed class NumberedTenantsMap : BpfHashOfMaps<uint, HitsMap>
{
    private NumberedTenantsMap(RawMap raw)
        : base(raw, Schema, HitsMap.FromRaw) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.HashOfMaps,
            Name = "tenants",
            MaxEntries = 2,
            Key = BpfTypeLayout.Of<uint>(),
            Inner = HitsMap.Schema,
        };

    public static NumberedTenantsMap Create(BpfHost? host = null) => new(Schema.Create(null, host));
}

/// <summary>Arrays of 4 elements; as inner maps, all have the same length.</summary>
internal sealed class BucketsMap : BpfArrayMap<ulong>
{
    private BucketsMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Array,
            Name = "buckets",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static BucketsMap Create(uint? maxEntries = null) => new(Schema.Create(maxEntries, null));

    public static BucketsMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class HistogramsMap : BpfArrayOfMaps<BucketsMap>
{
    private HistogramsMap(RawMap raw)
        : base(raw, Schema, BucketsMap.FromRaw) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.ArrayOfMaps,
            Name = "histograms",
            MaxEntries = 8,
            Key = BpfTypeLayout.Of<uint>(),
            Inner = BucketsMap.Schema,
        };

    public static HistogramsMap Create() => new(Schema.Create(null, null));
}

/// <summary>Arrays of any length in an array.</summary>
internal sealed class SeriesMap : BpfArrayMap<ulong>
{
    private SeriesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Array,
            Name = "series",
            Flags = BpfMapFlags.InnerMap,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static SeriesMap Create(uint maxEntries) => new(Schema.Create(maxEntries, null));

    public static SeriesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class AllSeriesMap : BpfArrayOfMaps<SeriesMap>
{
    private AllSeriesMap(RawMap raw)
        : base(raw, Schema, SeriesMap.FromRaw) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.ArrayOfMaps,
            Name = "all_series",
            Key = BpfTypeLayout.Of<uint>(),
            Inner = SeriesMap.Schema,
        };

    public static AllSeriesMap Create(uint maxEntries) => new(Schema.Create(maxEntries, null));
}
