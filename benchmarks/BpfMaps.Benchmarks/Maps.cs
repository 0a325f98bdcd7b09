using System.Runtime.CompilerServices;
using static BpfMaps.BpfMapType;

namespace BpfMaps.Benchmarks;

// The measured maps, declared as users declare them. Their sizes match peers/.

/// <summary>16 bytes.</summary>
internal struct Traffic
{
    public ulong Packets;
    public ulong Bytes;
}

/// <summary>40 bytes.</summary>
internal struct Connection
{
    public Bytes16 Source;
    public Bytes16 Destination;
    public Be16 SourcePort;
    public Be16 DestinationPort;
    public uint Protocol;
}

/// <summary>64 bytes.</summary>
internal struct ConnectionState
{
    public Traffic Sent;
    public Traffic Received;
    public ulong Begin;
    public ulong Last;
    public ulong Flags;
    public ulong Mark;
}

/// <summary>A ring record of 64 bytes, the same size as in peers/rings.c.</summary>
internal struct Record
{
    public ulong Sequence;
    public ulong Value;
    public Words Rest;

    [InlineArray(6)]
    public struct Words
    {
        private ulong _first;
    }
}

[BpfMap(Type = Hash, Key = typeof(uint), Value = typeof(Traffic))]
internal sealed partial class Counters;

[BpfMap(Type = Hash, Key = typeof(Connection), Value = typeof(ConnectionState))]
internal sealed partial class Connections;

[BpfMap(Type = PerCpuHash, Key = typeof(uint), Value = typeof(Traffic))]
internal sealed partial class CpuCounters;

[BpfMap(Type = PerCpuArray, Value = typeof(Traffic))]
internal sealed partial class CpuSlots;

[BpfMap(Type = BpfMapType.Array, Value = typeof(Traffic), Flags = BpfMapFlags.Mmapable)]
internal sealed partial class MappedSlots;

[BpfMap(Type = BpfMapType.Queue, Value = typeof(Traffic))]
internal sealed partial class Jobs;

[BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>), Value = typeof(uint), Flags = BpfMapFlags.NoPrealloc)]
internal sealed partial class Routes;

[BpfMap(Type = RingBuf, Value = typeof(Record))]
internal sealed partial class Records;

[BpfMap(Type = UserRingBuf, Value = typeof(Record))]
internal sealed partial class Orders;

/// <summary>16 bytes, one of whose numbers is exported as a metric.</summary>
[BpfMap(Type = PerCpuHash, Key = typeof(uint), ClassName = "ServedClients")]
[BpfLabel("client")]
internal struct Served
{
    [BpfCounter("served.packets", Unit = "{packet}")]
    public ulong Packets;
    public ulong Bytes;
}

/// <summary>Gets descriptors as numbers, which the C functions take.</summary>
internal static class Descriptors
{
    public static int DescriptorOf(this BpfMap map) => (int)map.Raw.Handle.DangerousGetHandle();
}
