using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using static BpfMaps.Generators.Tests.Harness.SnapshotVerifier;

namespace BpfMaps.Generators.Tests;

/// <summary>The generated code of map types and forms of declarations; <see cref="EmittedHolderTests"/> has the other map types.</summary>
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
