using static BpfMaps.BpfMapType;

namespace BpfMaps.Tests;

// Maps declared as in an application.

#pragma warning disable BPFMAP026 // Tests use the padding in the key.
[BpfMap(Type = Hash, MaxEntries = 4)]
internal struct Flow
{
    public ulong Packets;
    public byte Flags;

    /// <summary>A key with two bytes of padding between its fields.</summary>
    public struct Key
    {
        public ushort Port;
        public uint Address;
    }
}
#pragma warning restore BPFMAP026

[BpfMap(Type = Hash, Key = typeof(uint), Value = typeof(ulong), MaxEntries = 65_536)]
internal sealed partial class Counters;

[BpfMap(Type = LruHash, Key = typeof(uint), Value = typeof(ulong), MaxEntries = 4)]
internal sealed partial class Recent;

[BpfMap(Type = LruHash, Key = typeof(uint), Value = typeof(ulong), MaxEntries = 8, Flags = BpfMapFlags.NoCommonLru)]
internal sealed partial class RecentByCpu;

[BpfMap(Type = PerCpuHash, Key = typeof(uint), Value = typeof(ulong), MaxEntries = 16, Name = "by_cpu")]
internal sealed partial class PerCpuCounters;

[BpfMap(Type = PerCpuArray, Value = typeof(uint), MaxEntries = 4)]
internal sealed partial class Drops;

[BpfMap(Type = BpfMapType.Array, Value = typeof(ulong), MaxEntries = 8)]
internal sealed partial class Totals;

[BpfMap(Type = BpfMapType.Array, Value = typeof(ulong), MaxEntries = 8, Flags = BpfMapFlags.Mmapable)]
internal sealed partial class Settings;

[BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>), Value = typeof(uint), MaxEntries = 4)]
internal sealed partial class Routes;

[BpfMap(Type = Queue, Value = typeof(uint), MaxEntries = 3)]
internal sealed partial class Jobs;

[BpfMap(Type = BpfMapType.Stack, Value = typeof(uint), MaxEntries = 3)]
internal sealed partial class Trail;

[BpfMap(Type = BloomFilter, Value = typeof(uint), MaxEntries = 1000)]
internal sealed partial class Seen;
