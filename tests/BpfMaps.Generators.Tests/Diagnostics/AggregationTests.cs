using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Per-CPU values that cannot be added up.</summary>
public sealed class AggregationTests
{
    [Fact]
    public Task FieldsThatAreNoNumbers_AreReported() =>
        Verify(
            """
            public enum Kind { One }
            [BpfMap(Type = PerCpuHash, Key = typeof(uint))]
            public struct Stats
            {
                public ulong Count;
                public Kind {|BPFMAP019:Kind|};
                public Be32 {|BPFMAP019:Address|};
                public BpfText<Bytes16> {|BPFMAP019:Comm|};
                [BpfAggregate(Aggregation.BitOr)] public double {|BPFMAP019:Ratio|};
                [BpfAggregate(Aggregation.Max)] public Be16 {|BPFMAP019:Port|};
            }
            """,
            "'Stats.Kind' cannot be added up over the CPUs because it is an enum: add [BpfAggregate] with Max, Min, BitOr or First",
            "'Stats.Address' cannot be added up over the CPUs because it is in network order: add [BpfAggregate(Aggregation.First)], or use the number in host order",
            "'Stats.Comm' cannot be added up over the CPUs because it is text: add [BpfAggregate(Aggregation.First)]",
            "'Stats.Ratio' cannot be added up over the CPUs because BitOr is for integers: choose another [BpfAggregate]",
            "'Stats.Port' cannot be added up over the CPUs because it is in network order: add [BpfAggregate(Aggregation.First)], or use the number in host order"
        );

    [Fact]
    public Task OverlappingFields_AreReported() =>
        Verify(
            """
            [StructLayout(LayoutKind.Explicit)] public struct Union { [FieldOffset(0)] public uint A; [FieldOffset(0)] public float B; }
            [BpfMap(Type = PerCpuArray)] public struct Stats { public Union {|BPFMAP019:Union|}; }
            """
        );

    [Fact]
    public Task ValueThatIsNoNumber_IsReportedAtTheArgument() =>
        Verify(
            """
            [BpfMap(Type = PerCpuArray, Value = {|BPFMAP019:typeof(DayOfWeek)|})] public partial class Days;
            """
        );

    [Fact]
    public Task OwnAccumulateThatCannotBeCalled_IsReported() =>
        Verify(
            """
            public struct Own { public ulong X; private static void Accumulate(ref Own total, in Own value) { } }
            public struct Fine { public ulong X; public static void Accumulate(ref Fine total, in Fine value) { } }
            [InlineArray(4)] public struct Four { private Fine _first; }
            [BpfMap(Type = PerCpuArray)] public struct Stats { public Own {|BPFMAP019:Own|}; public Four {|BPFMAP019:Four|}; private Fine {|BPFMAP019:_private|}; }
            """
        );

    [Fact]
    public Task WhatHasAnAttributeOrAnAccumulate_IsNotReported() =>
        Verify(
            """
            [Flags] public enum Kind { One }
            [StructLayout(LayoutKind.Explicit)]
            public struct Union
            {
                [FieldOffset(0)] public uint A; [FieldOffset(0)] public float B;
                public static void Accumulate(ref Union total, in Union value) { }
            }
            [BpfMap(Type = PerCpuArray)]
            public struct Stats
            {
                [BpfAggregate(Aggregation.Max)] public Kind Last;
                [BpfAggregate(Aggregation.First)] public BpfText<Bytes16> Comm;
                [BpfAggregate(Aggregation.First)] public Be32 Address;
                public Union Union;
                public Int128 Big;
            }
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Shared { public Kind Kind; }
            """
        );

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
