using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using static BpfMaps.Generators.Tests.Harness.SnapshotVerifier;

namespace BpfMaps.Generators.Tests;

/// <summary>One snapshot for every map type and every form of declaration.</summary>
public sealed class EmittedCodeTests
{
    [Fact]
    public Task Hash_KeyAndValueStructs() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme;

            [BpfMap(Type = Hash, MaxEntries = 65_536)]
            public struct FlowStats
            {
                public struct Key { public uint SourceAddress, DestinationAddress; public ushort SourcePort, DestinationPort; }
                public ulong Packets;
                public ulong Bytes;
            }
            """
        );

    [Fact]
    public Task LruHash_FieldTypes() =>
        VerifySource(
            """
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            using BpfMaps;

            namespace Acme;

            public enum Protocol : byte { Tcp = 6, Udp = 17 }

            [StructLayout(LayoutKind.Explicit)]
            public struct Address
            {
                [FieldOffset(0)] public Be32 V4;
                [FieldOffset(0)] public Bytes16 V6;
            }

            [InlineArray(4)]
            public struct Histogram { private ulong _bucket; }

            [BpfMap(Type = BpfMapType.LruHash, Key = typeof(Address))]
            public struct Conn
            {
                public BpfText<Bytes16> Comm;
                public Histogram Latencies;
                public Protocol Protocol;
                public Be16 Port;
                public System.UInt128 Total;
            }
            """
        );

    [Fact]
    public Task Hash_SpinLock() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 1, Flags = BpfMapFlags.NoPrealloc)]
            public struct Guarded { public BpfSpinLock Lock; public uint Count; }
            """
        );

    [Fact]
    public Task PerCpuHash_Aggregation() =>
        VerifySource(
            """
            using System.Runtime.CompilerServices;
            using BpfMaps;

            namespace Acme;

            [System.Flags] public enum Seen { None, Syn = 1, Ack = 2 }
            public struct Extremes { [BpfAggregate(Aggregation.Max)] public uint Max; [BpfAggregate(Aggregation.Min)] public uint Min; }
            public struct Pair { public uint A; public ushort B; private ushort _c; }
            public struct Own { public ulong X; public static void Accumulate(ref Own total, in Own value) => total.X ^= value.X; }
            [InlineArray(3)] public struct Pairs { private Pair _first; }
            [InlineArray(32)] public struct Buckets { private ulong _first; }

            [BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(ulong), MaxEntries = 10)]
            public struct Stats
            {
                public ulong Packets;
                public short Small;
                public double Seconds;
                [BpfAggregate(Aggregation.BitOr)] public Seen Flags;
                [BpfAggregate(Aggregation.First)] public BpfText<Bytes16> Comm;
                public Extremes Size;
                public Pairs Pairs;
                public Buckets Latency;
                public Own Own;
                private int _hidden;
                public readonly long Fixed;
                public uint Property { get; set; }
                [BpfAggregate(Aggregation.Max)] public ulong @class;
            }
            """
        );

    [Fact]
    public Task LruPerCpuHash_PrimitiveValue() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.LruPerCpuHash, Key = typeof(int), Value = typeof(ulong), MaxEntries = 10)]
            internal sealed partial class Totals;
            """
        );

    [Fact]
    public Task PerCpuArray_ClassForm() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme
            {
                [BpfMap(Type = PerCpuArray, Value = typeof(ulong), MaxEntries = 256, Name = "drops")]
                public sealed partial class DropCounters;
            }
            """
        );

    [Fact]
    public Task PerCpuArray_OwnAccumulate() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 1)]
            public struct Latest
            {
                public ulong Time; public uint Value;
                internal static void Accumulate(ref Latest total, in Latest value) { if (value.Time > total.Time) total = value; }
            }
            """
        );

    [Fact]
    public Task Array_Plain() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.Array, MaxEntries = 4)]
            public struct Config { public uint Level; public int Limit; }
            """
        );

    [Fact]
    public Task Array_Mmapable() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.Array, MaxEntries = 4, Flags = BpfMapFlags.Mmapable | BpfMapFlags.ReadOnlyProgram)]
            public struct Config { public uint Level; public int Limit; }
            """
        );

    [Fact]
    public Task Array_FixedBuffer() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)]
            public unsafe struct Slots { public byte Kind; public fixed uint Counts[8]; public fixed byte Name[3]; }
            """,
            allowUnsafe: true
        );

    [Fact]
    public Task LpmTrie_Prefix() =>
        VerifySource(
            """
            using BpfMaps;

            namespace Acme;

            [BpfMap(Type = BpfMapType.LpmTrie, Key = typeof(LpmKey<Be32>), MaxEntries = 1024)]
            public struct Route { public uint NextHop; }
            """
        );

    [Fact]
    public Task Queue_Struct() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.Queue)]
            public struct Job { public ulong Id; }
            """
        );

    [Fact]
    public Task Stack_Class() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.Stack, Value = typeof(Be64), MaxEntries = 8)]
            public partial class UndoMap;
            """
        );

    [Fact]
    public Task BloomFilter_Class() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.BloomFilter, Value = typeof(uint), MaxEntries = 1000)]
            public sealed partial class SeenPids;
            """
        );

    [Fact]
    public Task Nested_InEveryKindOfType() =>
        VerifySource(
            """
            using BpfMaps;

            namespace Acme.Deep;

            public static partial class Outer
            {
                public partial interface IMiddle
                {
                    internal partial record Inner
                    {
                        public partial struct Innermost
                        {
                            private partial record struct Last
                            {
                                [BpfMap(Type = BpfMapType.Queue)]
                                public struct Job { public ulong Id; }
                            }
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public Task RingBuf_SizeGiven() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme;

            [BpfMap(Type = RingBuf, MaxEntries = 1 << 20)]
            public struct ExecEvent { public uint ProcessId; public ulong Started; }
            """
        );

    [Fact]
    public Task UserRingBuf_SizeAsked() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.UserRingBuf, Value = typeof(ulong), ValueSize = 8)]
            public sealed partial class Requests;
            """
        );

    [Fact]
    public Task PerfEventArray_SizesItself() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.PerfEventArray, KeySize = 4)]
            public struct Sample { public uint ProcessId; }
            """
        );

    [Fact]
    public Task ArrayOfMaps_InnerStruct() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme
            {
                [BpfMap(Type = Hash, Key = typeof(uint))]
                public struct Hits { public ulong Count; }

                [BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits), MaxEntries = 16)]
                public sealed partial class Shards;
            }
            """
        );

    [Fact]
    public Task HashOfMaps_InnerClass() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            public partial class Outer
            {
                [BpfMap(Type = Stack, Value = typeof(int))]
                internal sealed partial class Undo;

                [BpfMap(Type = HashOfMaps, Key = typeof(Be32), Inner = typeof(Undo), Flags = BpfMapFlags.NoPrealloc)]
                internal sealed partial class Histories;
            }
            """
        );

    [Fact]
    public Task ProgArray_HoldsPrograms() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = ProgArray, MaxEntries = 8)]
            public sealed partial class Jumps;
            """
        );

    [Fact]
    public Task DevMapHash_ValueSize() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = DevMapHash, ValueSize = 4, MaxEntries = 64)]
            public sealed partial class Devices;
            """
        );

    [Fact]
    public Task CpuMap_SizesItself() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = CpuMap)]
            internal sealed partial class Cpus;
            """
        );

    [Fact]
    public Task LocalStorages_HaveNoKeyAndNoCapacity() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme;

            [BpfMap(Type = SkStorage, Flags = BpfMapFlags.Clone)]
            public struct ConnStats { public ulong Packets, Bytes; }

            [BpfMap(Type = TaskStorage, Value = typeof(ulong), KeySize = 4, Name = "starts")]
            public sealed partial class Starts;

            [BpfMap(Type = InodeStorage)]
            public struct FileLabel { public BpfSpinLock Lock; public uint Id; }

            [BpfMap(Type = CgrpStorage, MaxEntries = 0)]
            public struct GroupBudget { public ulong Left; }
            """
        );

    [Fact]
    public Task CgroupStorages_KeysOfBothForms() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = CgroupStorage)]
            public struct GroupStats { public ulong Packets, Bytes; }

            [BpfMap(Type = PerCpuCgroupStorage, Key = typeof(ulong), Value = typeof(ulong))]
            public sealed partial class GroupPackets;
            """
        );

    [Fact]
    public Task Arena_SizesInPages() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = Arena, MaxEntries = 16)]
            public sealed partial class Pages;

            [BpfMap(Type = Arena, Flags = BpfMapFlags.NoUserConversion)]
            public sealed partial class Scratch;
            """
        );

    [Fact]
    public Task SockHash_NestedKey() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            namespace Acme;

            [BpfMap(Type = SockHash, MaxEntries = 1024)]
            public sealed partial class Peers
            {
                public struct Key { public Be32 Address; public Be16 Port; public ushort Zone; }
            }
            """
        );

    [Fact]
    public Task StackTrace_BuildIds() =>
        VerifySource(
            """
            using BpfMaps;
            using static BpfMaps.BpfMapType;

            [BpfMap(Type = StackTrace, Flags = BpfMapFlags.StackBuildId, ValueSize = 20 * 32, MaxEntries = 1024)]
            public sealed partial class Places;
            """
        );

    [Fact]
    public Task BloomFilter_HashFunctions() =>
        VerifySource(
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.BloomFilter, Value = typeof(uint), MaxEntries = 1000, MapExtra = 3)]
            public sealed partial class Seen;
            """
        );

    [Fact]
    public Task Keywords_AsNames() =>
        VerifySource(
            """
            using BpfMaps;

            namespace @namespace.@event;

            public partial class @class
            {
                [BpfMap(Type = BpfMapType.PerCpuHash, ClassName = "struct", Name = "kw")]
                public struct @enum
                {
                    public struct Key { public uint @int; }
                    public ulong @long;
                }
            }
            """
        );

    private static Task VerifySource(
        string source,
        bool allowUnsafe = false,
        [System.Runtime.CompilerServices.CallerMemberName] string method = ""
    )
    {
        GeneratorDriver driver = Generation.RunClean(source, allowUnsafe);
        return Verify(driver, method);
    }
}
