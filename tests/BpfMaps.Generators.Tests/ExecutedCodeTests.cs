extern alias runtime;

using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using BpfTypeKind = runtime::BpfMaps.Metadata.BpfTypeKind;
using RuntimeMapFlags = runtime::BpfMaps.BpfMapFlags;
using RuntimeMapType = runtime::BpfMaps.BpfMapType;

namespace BpfMaps.Generators.Tests;

/// <summary>Generated code works when executed.</summary>
public sealed class ExecutedCodeTests
{
    private const string Stats = """
        using System;
        using System.Runtime.CompilerServices;
        using BpfMaps;

        [Flags] public enum Seen : byte { None, Syn = 1, Ack = 2 }
        public struct Extremes { [BpfAggregate(Aggregation.Max)] public uint Max; [BpfAggregate(Aggregation.Min)] public int Min; }
        public struct Pair { public uint A; public ushort B; private ushort _c; public Pair(int n) { A = (uint)n; B = (ushort)(n + 1); _c = (ushort)(n + 2); } public override string ToString() => $"{A},{B},{_c}"; }
        public struct Own { public ulong X; public static void Accumulate(ref Own total, in Own value) => total.X = total.X * 10 + value.X; }
        [InlineArray(3)] public struct Pairs { private Pair _first; }
        [InlineArray(3)] public struct Rows { private Pairs _first; }
        [InlineArray(20)] public struct Buckets { private ulong _first; }

        [BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 10)]
        public unsafe struct Stats
        {
            public ulong Packets;
            public byte Small;
            public double Seconds;
            [BpfAggregate(Aggregation.BitOr)] public Seen Flags;
            [BpfAggregate(Aggregation.First)] public BpfText<Bytes16> Comm;
            public Extremes Size;
            public Rows Rows;
            [BpfAggregate(Aggregation.Max)] public Buckets Latency;
            public Own Own;
            private int _hidden;
            public UInt128 Big { get; set; }
            public fixed short Deltas[3];

            public static Stats Make(int n)
            {
                Stats s = new() { Packets = (ulong)n, Small = (byte)(n + 200), Seconds = n / 2.0, Flags = (Seen)n, Comm = "cpu" + n, Own = new() { X = (ulong)n }, _hidden = n, Big = UInt128.MaxValue - 5 + (UInt128)n };
                s.Size = new() { Max = (uint)n, Min = -n };
                for (int i = 0; i < 9; i++) s.Rows[i / 3][i % 3] = new(n * i);
                for (int i = 0; i < 20; i++) s.Latency[i] = (ulong)(i % 2 == 0 ? n : -n + 100);
                for (int i = 0; i < 3; i++) s.Deltas[i] = (short)(-n * i);
                return s;
            }
            public static Stats One() => Make(1);
            public static Stats Two() => Make(2);
            public override string ToString()
            {
                string text = $"{Packets} {Small} {Seconds} {Flags} {Comm} {Size.Max} {Size.Min} own={Own.X} {_hidden} {Big} deltas={Deltas[0]},{Deltas[1]},{Deltas[2]} latency={Latency[0]},{Latency[1]},{Latency[19]}";
                for (int i = 0; i < 9; i++) text += " " + Rows[i / 3][i % 3];
                return text;
            }
        }
        """;

    [Fact]
    public void Accumulate_AddsFieldByField()
    {
        using LoadedCode code = new(Stats);
        object total = code.Accumulate("StatsMap", code.Call("Stats", "One")!, code.Call("Stats", "Two")!);
        // The text of the first CPU and the larger maximum are kept; bytes and 128-bit numbers wrap around.
        Assert.Equal(
            "3 147 1.5 Syn, Ack cpu1 2 -2 own=12 3 340282366920938463463374607431768211447 deltas=0,-3,-6 latency=2,99,99 0,2,4 3,5,7 6,8,10 9,11,13 12,14,16 15,17,19 18,20,22 21,23,25 24,26,28",
            total.ToString()
        );
    }

    [Fact]
    public void Schema_SaysWhatWasDeclared()
    {
        using LoadedCode code = new(
            """
            using System.Runtime.InteropServices;
            using BpfMaps;
            namespace Acme;
            [StructLayout(LayoutKind.Explicit)] public struct Address { [FieldOffset(0)] public Be32 V4; [FieldOffset(0)] public Bytes16 V6; }
            [BpfMap(Type = BpfMapType.LpmTrie, Key = typeof(LpmKey<Address>), MaxEntries = 5, Flags = BpfMapFlags.ReadOnlyProgram)]
            public struct RouteInfo { public byte Hops; public uint Next; public BpfText<Bytes16> Device; public BpfText<Bytes8> Zone; }
            """
        );
        BpfMapSchema schema = code.SchemaOf("Acme.RouteInfoMap");
        Assert.Equal(
            (RuntimeMapType.LpmTrie, "route_info", 5u, RuntimeMapFlags.NoPrealloc | RuntimeMapFlags.ReadOnlyProgram),
            (schema.Type, schema.Name, schema.MaxEntries, schema.Flags)
        );
        Assert.Equal(20, schema.Key!.Size);
        Assert.False(schema.Key.HasPadding);
        Assert.Equal(BpfTypeKind.Union, schema.Key.Fields[1].Type.Kind);
        Assert.Equal(32, schema.Value!.Size);
        Assert.True(schema.Value.HasPadding);
        Assert.Equal(
            [("Hops", 0, 0), ("Next", 4, 0), ("Device", 8, 16), ("Zone", 24, 8)],
            schema.Value.Fields.Select(static f => (f.Name, f.Offset, f.Count))
        );
    }

    [Fact]
    public void SchemaWithoutCapacity_LeavesItOpen()
    {
        using LoadedCode code = new("using BpfMaps; [BpfMap(Type = BpfMapType.Queue, Value = typeof(long))] public partial class Jobs;");
        BpfMapSchema schema = code.SchemaOf("Jobs");
        Assert.Null(schema.MaxEntries);
        Assert.Null(schema.Key);
        Assert.Same(BpfTypeLayout.Of<long>(), schema.Value);
    }
}
