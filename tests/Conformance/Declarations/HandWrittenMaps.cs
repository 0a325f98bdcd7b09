using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Map classes as the generator emits them: a schema, factories and, for per-CPU types, the aggregation. A map must not need anything else.
// The only difference is that the suite's host is the default.

internal sealed class CountersMap : BpfHashMap<uint, ulong>
{
    private CountersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Hash,
            Name = "counters",
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static CountersMap Create(uint maxEntries, BpfHost? host = null) => new(Schema.Create(maxEntries, host ?? TestHost.Current));
}

internal sealed class LargeValuesMap : BpfHashMap<uint, LargeValue>
{
    private LargeValuesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Hash,
            Name = "large",
            MaxEntries = 8,
            Key = BpfTypeLayout.Of<uint>(),
            Value = LargeValue.Layout,
        };

    public static LargeValuesMap Create() => new(Schema.Create(null, TestHost.Current));
}

internal sealed class RecentMap : BpfHashMap<uint, ulong>
{
    private RecentMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.LruHash,
            Name = "recent",
            MaxEntries = 33,
            Flags = BpfMapFlags.NoCommonLru,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static RecentMap Create() => new(Schema.Create(null, TestHost.Current));

    public static RecentMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class CpuCountersMap : BpfPerCpuHashMap<uint, ulong>
{
    private CpuCountersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.PerCpuHash,
            Name = "cpu_counters",
            MaxEntries = 1024,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static CpuCountersMap Create(BpfHost? host = null) => new(Schema.Create(null, host ?? TestHost.Current));

    protected override void Accumulate(ref ulong total, in ulong value) => total += value;
}

internal sealed class CpuFlowsMap : BpfPerCpuHashMap<FlowKey, FlowStats>
{
    private CpuFlowsMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.LruPerCpuHash,
            Name = "cpu_flows",
            MaxEntries = 64,
            Key = FlowKey.Layout,
            Value = FlowStats.Layout,
        };

    public static CpuFlowsMap Create() => new(Schema.Create(null, TestHost.Current));

    protected override void Accumulate(ref FlowStats total, in FlowStats value)
    {
        total.Packets += value.Packets;
        total.Flags |= value.Flags;
    }
}

internal sealed class NumbersMap : BpfArrayMap<ulong>
{
    private NumbersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Array,
            Name = "numbers",
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static NumbersMap Create(uint maxEntries, BpfHost? host = null) => new(Schema.Create(maxEntries, host ?? TestHost.Current));
}

internal sealed class PaddedArrayMap : BpfArrayMap<FlowStats>
{
    private PaddedArrayMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Array,
            Name = "padded",
            MaxEntries = 10,
            Key = BpfTypeLayout.Of<uint>(),
            Value = FlowStats.Layout,
        };

    public static PaddedArrayMap Create() => new(Schema.Create(null, TestHost.Current));
}

internal sealed class MappedNumbersMap : BpfMappedArrayMap<ulong>
{
    private MappedNumbersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Array,
            Name = "mapped",
            MaxEntries = 1000,
            Flags = BpfMapFlags.Mmapable,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static MappedNumbersMap Create() => new(Schema.Create(null, TestHost.Current));

    public static MappedNumbersMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class MappedTriplesMap : BpfMappedArrayMap<Triple>
{
    private MappedTriplesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Array,
            Name = "triples",
            MaxEntries = 5,
            Flags = BpfMapFlags.Mmapable,
            Key = BpfTypeLayout.Of<uint>(),
            Value = Triple.Layout,
        };

    public static MappedTriplesMap Create() => new(Schema.Create(null, TestHost.Current));
}

internal sealed class CpuNumbersMap : BpfPerCpuArrayMap<ulong>
{
    private CpuNumbersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.PerCpuArray,
            Name = "cpu_numbers",
            MaxEntries = 300,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

    public static CpuNumbersMap Create(BpfHost? host = null) => new(Schema.Create(null, host ?? TestHost.Current));

    protected override void Accumulate(ref ulong total, in ulong value) => total += value;
}

internal sealed class CpuTriplesMap : BpfPerCpuArrayMap<Triple>
{
    private CpuTriplesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.PerCpuArray,
            Name = "cpu_triples",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
            Value = Triple.Layout,
        };

    public static CpuTriplesMap Create() => new(Schema.Create(null, TestHost.Current));

    protected override void Accumulate(ref Triple total, in Triple value)
    {
        total.A += value.A;
        total.B = Math.Max(total.B, value.B);
        total.C = Math.Min(total.C, value.C);
    }
}

internal sealed class RoutesMap : BpfLpmTrieMap<Be32, uint>
{
    private RoutesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.LpmTrie,
            Name = "routes",
            MaxEntries = 100,
            Flags = BpfMapFlags.NoPrealloc,
            Key = BpfTypeLayout.Struct(
                "LpmKey",
                8,
                1,
                new("PrefixLength", 0, BpfTypeLayout.Of<uint>()),
                new("Data", 4, BpfTypeLayout.Scalar("__be32", BpfTypeKind.Unsigned, 4))
            ),
            Value = BpfTypeLayout.Of<uint>(),
        };

    public static RoutesMap Create(BpfHost? host = null) => new(Schema.Create(null, host ?? TestHost.Current));
}

internal sealed class JobsMap : BpfQueueMap<FlowStats>
{
    private JobsMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Queue,
            Name = "jobs",
            MaxEntries = 3,
            Value = FlowStats.Layout,
        };

    public static JobsMap Create() => new(Schema.Create(null, TestHost.Current));
}

internal sealed class UndoMap : BpfStackMap<uint>
{
    private UndoMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Stack,
            Name = "undo",
            MaxEntries = 3,
            Value = BpfTypeLayout.Of<uint>(),
        };

    public static UndoMap Create() => new(Schema.Create(null, TestHost.Current));
}

internal sealed class SeenMap : BpfBloomFilter<FlowKey>
{
    private SeenMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.BloomFilter,
            Name = "seen",
            MaxEntries = 1000,
            Value = FlowKey.Layout,
        };

    public static SeenMap Create() => new(Schema.Create(null, TestHost.Current));
}
