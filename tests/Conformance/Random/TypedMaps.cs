using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Map classes with the type, capacity and flags of the given map. Their types have padding if the map type accepts BTF.

internal sealed class RandomHashMap(RawMap raw) : BpfHashMap<FlowKey, FlowStats>(raw, Schemas.Of(raw, FlowKey.Layout, FlowStats.Layout));

internal sealed class RandomPerCpuHashMap(RawMap raw)
    : BpfPerCpuHashMap<FlowKey, ulong>(raw, Schemas.Of(raw, FlowKey.Layout, BpfTypeLayout.Of<ulong>()))
{
    protected override void Accumulate(ref ulong total, in ulong value) => total += value;
}

internal sealed class RandomArrayMap(RawMap raw) : BpfArrayMap<FlowStats>(raw, Schemas.Of(raw, BpfTypeLayout.Of<uint>(), FlowStats.Layout));

internal sealed class RandomPerCpuArrayMap(RawMap raw)
    : BpfPerCpuArrayMap<uint>(raw, Schemas.Of(raw, BpfTypeLayout.Of<uint>(), BpfTypeLayout.Of<uint>()))
{
    protected override void Accumulate(ref uint total, in uint value) => total += value;
}

internal sealed class RandomTrieMap(RawMap raw)
    : BpfLpmTrieMap<Be32, FlowStats>(raw, Schemas.Of(raw, RoutesMap.Schema.Key, FlowStats.Layout));

internal sealed class RandomQueueMap(RawMap raw) : BpfQueueMap<FlowStats>(raw, Schemas.Of(raw, null, FlowStats.Layout));

internal sealed class RandomStackMap(RawMap raw) : BpfStackMap<FlowStats>(raw, Schemas.Of(raw, null, FlowStats.Layout));

internal sealed class RandomBloomFilter(RawMap raw) : BpfBloomFilter<FlowKey>(raw, Schemas.Of(raw, null, FlowKey.Layout));

internal static class Schemas
{
    public static BpfMapSchema Of(RawMap raw, BpfTypeLayout? key, BpfTypeLayout value) =>
        new()
        {
            Type = raw.Type,
            Name = raw.Name,
            MaxEntries = raw.MaxEntries,
            Flags = raw.Flags,
            Key = key,
            Value = value,
        };
}
