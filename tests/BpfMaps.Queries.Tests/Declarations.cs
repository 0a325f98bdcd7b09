using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

// Maps as an application declares them.

internal enum FlowState : byte
{
    New,
    Open,
    Closed,
}

[Flags]
internal enum FlowFlags : ushort
{
    None = 0,
    Syn = 1,
    Ack = 2,
    Fin = 4,
}

[InlineArray(4)]
internal struct Slots
{
    private ulong _first;
}

internal struct Counter
{
    public uint Hits;
    public int Change;
}

[BpfMap(Type = BpfMapType.Hash, Name = "flows", MaxEntries = 20_000)]
internal struct Flow
{
    public ulong Packets;
    public ulong Bytes;
    public long Delta;
    public int Balance;
    public short Small;
    public sbyte Tiny;
    public FlowState State;
    public Be32 NextHop;
    public FlowFlags Flags;
    public byte Hops;
    public byte Retries;
    public Counter Inner;
    public Slots Slots;
    public BpfText<Bytes16> Name;

    /// <summary>Properties and methods, which queries cannot use.</summary>
    public readonly ulong Total => Packets + Bytes;

    public readonly bool IsLarge => Bytes > 1000;

    public readonly ulong LastSeen() => Packets;

    public struct Key
    {
        public Be32 Address;
        public Be16 Port;
        public ushort Zone;
    }
}

[BpfMap(Type = BpfMapType.Array, Name = "long_texts", MaxEntries = 3)]
internal struct LongText
{
    public BpfText<Bytes256> Text;
}

/// <summary>A histogram for each key: values that are inline arrays.</summary>
[BpfMap(Value = typeof(Slots), Key = typeof(uint), Type = BpfMapType.Hash, Name = "histograms", MaxEntries = 10)]
internal sealed partial class HistogramMap;

[BpfMap(Value = typeof(Flow), Key = typeof(Flow.Key), Type = BpfMapType.LruHash, Name = "lru_flows", MaxEntries = 20_000)]
internal sealed partial class LruFlowMap;

[BpfMap(Value = typeof(Flow), Type = BpfMapType.Array, Name = "flow_array", MaxEntries = 1_000)]
internal sealed partial class FlowArrayMap;

internal struct Usage
{
    public ulong Calls;
    public int Balance;

    [BpfAggregate(Aggregation.Max)]
    public short Highest;

    [BpfAggregate(Aggregation.Min)]
    public byte Lowest;

    [BpfAggregate(Aggregation.BitOr)]
    public byte Seen;

    public Slots Slots;

    [BpfAggregate(Aggregation.First)]
    public uint Owner;

    public uint Errors;
}

[BpfMap(Value = typeof(Usage), Key = typeof(ulong), Type = BpfMapType.PerCpuHash, Name = "usage_by_id", MaxEntries = 10_000)]
internal sealed partial class UsageByIdMap;

[BpfMap(Value = typeof(Usage), Type = BpfMapType.PerCpuArray, Name = "usage_array", MaxEntries = 300)]
internal sealed partial class UsageArrayMap;

internal struct Ratio
{
    public double Sum;
    public ulong Count;
}

[BpfMap(Value = typeof(Ratio), Key = typeof(uint), Type = BpfMapType.PerCpuHash, Name = "ratios", MaxEntries = 10)]
internal sealed partial class RatioMap;

[InlineArray(30)]
internal struct WideNumbers
{
    private ulong _first;
}

internal struct WideValue
{
    public WideNumbers Numbers;
}

[BpfMap(Value = typeof(WideValue), Type = BpfMapType.Array, Name = "wide_array")]
internal sealed partial class WideArrayMap;

/// <summary>A hash that allocates each element, so that a removed one is not reused while it is visited.</summary>
[BpfMap(Value = typeof(WideValue), Key = typeof(ulong), Type = BpfMapType.Hash, Name = "wide_flows", Flags = BpfMapFlags.NoPrealloc)]
internal sealed partial class WideFlowMap;

/// <summary>Has fields that are not aligned to their size.</summary>
[BpfMap(Type = BpfMapType.Hash, Name = "packed_samples", Key = typeof(uint), MaxEntries = 300)]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct PackedSample
{
    public byte Kind;
    public ulong Bytes;
    public short Change;
    public Be32 Address;
}
