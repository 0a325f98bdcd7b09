using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

// Map classes as the generator emits them: a schema, factories, and per-CPU the aggregation. Nothing else may be needed for a map.
// Padded types have their gap in the middle or at the end, so that every write has something to zero.

internal struct FlowKey
{
    public ushort Port;
    public uint Address;

    public static BpfTypeLayout Layout { get; } = BpfTypeLayout.Struct("FlowKey", 8, 4, new("Port", 0, BpfTypeLayout.UInt16), new("Address", 4, BpfTypeLayout.UInt32));
}

internal struct FlowStats
{
    public ulong Packets;
    public byte Flags;

    public static BpfTypeLayout Layout { get; } = BpfTypeLayout.Struct("FlowStats", 16, 8, new("Packets", 0, BpfTypeLayout.UInt64), new("Flags", 8, BpfTypeLayout.Byte));
}

/// <summary>More than a stack copy is made for, and padded: one byte, a gap of seven, 2,040 bytes.</summary>
internal struct LargeValue
{
    public byte Kind;
    public Words Data;

    public static BpfTypeLayout Layout { get; } = BpfTypeLayout.Struct("LargeValue", 2048, 8, new("Kind", 0, BpfTypeLayout.Byte), new("Data", 8, BpfTypeLayout.UInt64, 255));

    [InlineArray(255)]
    public struct Words
    {
        private ulong _first;
    }
}

/// <summary>Not a multiple of 8 bytes: the kernel leaves a gap behind each element of an array and each CPU's value.</summary>
internal struct Triple
{
    public uint A;
    public uint B;
    public uint C;

    public static BpfTypeLayout Layout { get; } = BpfTypeLayout.Struct(
        "Triple", 12, 4, new("A", 0, BpfTypeLayout.UInt32), new("B", 4, BpfTypeLayout.UInt32), new("C", 8, BpfTypeLayout.UInt32));
}

internal sealed class CountersMap : BpfHashMap<uint, ulong>
{
    private CountersMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.Hash, Name = "counters", Key = BpfTypeLayout.UInt32, Value = BpfTypeLayout.UInt64 };

    public static CountersMap Create(uint maxEntries, BpfHost? host = null) => new(Schema.Create(maxEntries, host));
}

internal sealed class FlowsMap : BpfHashMap<FlowKey, FlowStats>
{
    private FlowsMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new()
    {
        Type = BpfMapType.Hash,
        Name = "flows",
        MaxEntries = 64,
        Key = FlowKey.Layout,
        Value = FlowStats.Layout,
    };

    public static FlowsMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static FlowsMap OpenPinned(string path, BpfMapAccess access = BpfMapAccess.ReadWrite, BpfHost? host = null) => new(Schema.OpenPinned(path, access, host));

    public static FlowsMap OpenById(uint id, BpfHost? host = null) => new(Schema.OpenById(id, host));

    public static FlowsMap OpenOrCreatePinned(string path, BpfHost? host = null) => new(Schema.OpenOrCreatePinned(path, null, host));

    public static FlowsMap FromFileDescriptor(int fileDescriptor, BpfHost? host = null) => new(Schema.FromFileDescriptor(fileDescriptor, host));

    public static FlowsMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class LargeValuesMap : BpfHashMap<uint, LargeValue>
{
    private LargeValuesMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.Hash, Name = "large", MaxEntries = 8, Key = BpfTypeLayout.UInt32, Value = LargeValue.Layout };

    public static LargeValuesMap Create() => new(Schema.Create(null, null));
}

internal sealed class RecentMap : BpfHashMap<uint, ulong>
{
    private RecentMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new()
    {
        Type = BpfMapType.LruHash,
        Name = "recent",
        MaxEntries = 33,
        Flags = BpfMapFlags.NoCommonLru,
        Key = BpfTypeLayout.UInt32,
        Value = BpfTypeLayout.UInt64,
    };

    public static RecentMap Create() => new(Schema.Create(null, null));

    public static RecentMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class CpuCountersMap : BpfPerCpuHashMap<uint, ulong>
{
    private CpuCountersMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.PerCpuHash, Name = "cpu_counters", MaxEntries = 1024, Key = BpfTypeLayout.UInt32, Value = BpfTypeLayout.UInt64 };

    public static CpuCountersMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    protected override void Accumulate(ref ulong total, in ulong value) => total += value;
}

internal sealed class CpuFlowsMap : BpfPerCpuHashMap<FlowKey, FlowStats>
{
    private CpuFlowsMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.LruPerCpuHash, Name = "cpu_flows", MaxEntries = 64, Key = FlowKey.Layout, Value = FlowStats.Layout };

    public static CpuFlowsMap Create() => new(Schema.Create(null, null));

    protected override void Accumulate(ref FlowStats total, in FlowStats value)
    {
        total.Packets += value.Packets;
        total.Flags |= value.Flags;
    }
}

internal sealed class NumbersMap : BpfArrayMap<ulong>
{
    private NumbersMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.Array, Name = "numbers", Key = BpfTypeLayout.UInt32, Value = BpfTypeLayout.UInt64 };

    public static NumbersMap Create(uint maxEntries, BpfHost? host = null) => new(Schema.Create(maxEntries, host));
}

internal sealed class PaddedArrayMap : BpfArrayMap<FlowStats>
{
    private PaddedArrayMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.Array, Name = "padded", MaxEntries = 10, Key = BpfTypeLayout.UInt32, Value = FlowStats.Layout };

    public static PaddedArrayMap Create() => new(Schema.Create(null, null));
}

internal sealed class MappedNumbersMap : BpfMappedArrayMap<ulong>
{
    private MappedNumbersMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new()
    {
        Type = BpfMapType.Array,
        Name = "mapped",
        MaxEntries = 1000,
        Flags = BpfMapFlags.Mmapable,
        Key = BpfTypeLayout.UInt32,
        Value = BpfTypeLayout.UInt64,
    };

    public static MappedNumbersMap Create() => new(Schema.Create(null, null));

    public static MappedNumbersMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class MappedTriplesMap : BpfMappedArrayMap<Triple>
{
    private MappedTriplesMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new()
    {
        Type = BpfMapType.Array,
        Name = "triples",
        MaxEntries = 5,
        Flags = BpfMapFlags.Mmapable,
        Key = BpfTypeLayout.UInt32,
        Value = Triple.Layout,
    };

    public static MappedTriplesMap Create() => new(Schema.Create(null, null));
}

internal sealed class CpuNumbersMap : BpfPerCpuArrayMap<ulong>
{
    private CpuNumbersMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.PerCpuArray, Name = "cpu_numbers", MaxEntries = 300, Key = BpfTypeLayout.UInt32, Value = BpfTypeLayout.UInt64 };

    public static CpuNumbersMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    protected override void Accumulate(ref ulong total, in ulong value) => total += value;
}

internal sealed class CpuTriplesMap : BpfPerCpuArrayMap<Triple>
{
    private CpuTriplesMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.PerCpuArray, Name = "cpu_triples", MaxEntries = 4, Key = BpfTypeLayout.UInt32, Value = Triple.Layout };

    public static CpuTriplesMap Create() => new(Schema.Create(null, null));

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
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new()
    {
        Type = BpfMapType.LpmTrie,
        Name = "routes",
        MaxEntries = 100,
        Flags = BpfMapFlags.NoPrealloc,
        Key = BpfTypeLayout.Struct("LpmKey", 8, 1, new("PrefixLength", 0, BpfTypeLayout.UInt32), new("Data", 4, BpfTypeLayout.Scalar("__be32", BpfTypeKind.Unsigned, 4))),
        Value = BpfTypeLayout.UInt32,
    };

    public static RoutesMap Create() => new(Schema.Create(null, null));
}

internal sealed class JobsMap : BpfQueueMap<FlowStats>
{
    private JobsMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.Queue, Name = "jobs", MaxEntries = 3, Value = FlowStats.Layout };

    public static JobsMap Create() => new(Schema.Create(null, null));
}

internal sealed class UndoMap : BpfStackMap<uint>
{
    private UndoMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.Stack, Name = "undo", MaxEntries = 3, Value = BpfTypeLayout.UInt32 };

    public static UndoMap Create() => new(Schema.Create(null, null));
}

internal sealed class SeenMap : BpfBloomFilter<FlowKey>
{
    private SeenMap(RawMap raw)
        : base(raw, Schema)
    {
    }

    public static BpfMapSchema Schema { get; } = new() { Type = BpfMapType.BloomFilter, Name = "seen", MaxEntries = 1000, Value = FlowKey.Layout };

    public static SeenMap Create() => new(Schema.Create(null, null));
}
