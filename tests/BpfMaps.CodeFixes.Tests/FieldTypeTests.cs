using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Fields of types that do not exist in C, or have another meaning there.</summary>
public sealed class FieldTypeTests
{
    [Fact]
    public Task Bools_BecomeBytes() =>
        Fix.Verify<FieldTypeFixProvider>(
            """
            [BpfMap(Type = Hash)]
            public struct Flow
            {
                public record struct Key(bool {|BPFMAP022:Inbound|});
                public bool {|BPFMAP022:Seen|}, {|BPFMAP022:Done|}; // both
                public bool {|BPFMAP022:Open|} { get; set; }
                public unsafe fixed bool {|BPFMAP022:States|}[5];
            }
            [BpfMap(Type = Queue, Value = {|BPFMAP022:typeof(bool)|})] public partial class Answers;
            """,
            """
            [BpfMap(Type = Hash)]
            public struct Flow
            {
                public record struct Key(byte Inbound);
                public byte Seen, Done; // both
                public byte Open { get; set; }
                public unsafe fixed byte States[5];
            }
            [BpfMap(Type = Queue, Value = typeof(byte))] public partial class Answers;
            """,
            title: "Use 'byte' instead of 'bool'"
        );

    [Fact]
    public Task Chars_BecomeBytes() =>
        Fix.Verify<FieldTypeFixProvider>(
            "[BpfMap(Type = Queue)] public struct Job { public char {|BPFMAP022:Letter|}; public unsafe fixed char {|BPFMAP022:Name|}[16]; }",
            "[BpfMap(Type = Queue)] public struct Job { public byte Letter; public unsafe fixed byte Name[16]; }",
            FieldTypeFixProvider.KeyFor("char", "byte")
        );

    [Fact]
    public Task Chars_BecomeNumbersOfTheirSize() =>
        Fix.Verify<FieldTypeFixProvider>(
            [
                "[BpfMap(Type = Queue)] public struct Job { public char {|BPFMAP022:Letter|}; }",
                "[BpfMap(Type = Queue)] public struct Task { public ushort Id; public char {|BPFMAP022:Letter|}; }",
            ],
            [
                "[BpfMap(Type = Queue)] public struct Job { public ushort Letter; }",
                "[BpfMap(Type = Queue)] public struct Task { public ushort Id; public ushort Letter; }",
            ],
            FieldTypeFixProvider.KeyFor("char", "ushort"),
            "Use 'ushort' instead of 'char'"
        );

    [Theory]
    [InlineData("nint", "long")]
    [InlineData("nuint", "ulong")]
    [InlineData("IntPtr", "long")]
    [InlineData("System.UIntPtr", "ulong")]
    [InlineData("unsafe void*", "unsafe ulong")]
    [InlineData("unsafe delegate*<int>", "unsafe ulong")]
    [InlineData("DateTime", "ulong")]
    [InlineData("DateTimeOffset", "ulong")]
    [InlineData("TimeSpan", "long")]
    [InlineData("Guid", "Bytes16")]
    public Task OtherTypes_BecomeWhatTheyMeanInC(string type, string replacement) =>
        Fix.Verify<FieldTypeFixProvider>(
            $$"""[BpfMap(Type = Queue)] public struct Job { public {{type}} {|BPFMAP022:X|}; }""",
            $$"""[BpfMap(Type = Queue)] public struct Job { public {{replacement}} X; }"""
        );

    [Fact]
    public Task TypesThatOnlyTheirWriterCanReplace_HaveNoFix() =>
        Fix.VerifyNone<FieldTypeFixProvider>(
            """
            public struct Pair<T> { public T {|BPFMAP022:First|}; public int Second; }
            [BpfMap(Type = Queue, Value = typeof(Pair<bool>))] public partial class Pairs;
            [BpfMap(Type = Queue)] public struct Job { public decimal {|BPFMAP022:Price|}; }
            """
        );

    [Fact]
    public Task Strings_BecomeText() =>
        Fix.Verify<FixedLengthFixProvider>(
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public string {|BPFMAP021:Comm|};
                public string? {|BPFMAP021:Path|} { get; set; } // where

                /// <summary>The length comes from P/Invoke attributes.</summary>
                [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 64)]
                public string {|BPFMAP021:Title|};
            }
            """,
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public BpfText<Bytes16> Comm;
                public BpfText<Bytes16> Path { get; set; } // where

                /// <summary>The length comes from P/Invoke attributes.</summary>
                public BpfText<Bytes64> Title;
            }
            """,
            FixedLengthFixProvider.TextKey
        );

    [Fact]
    public Task StringOfAnUnusualLength_BecomesTextOfItsOwn() =>
        Fix.Verify<FixedLengthFixProvider>(
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 20)] public string {|BPFMAP021:_title|};
            }
            """,
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public BpfText<TitleBytes> _title;

                [InlineArray(20)]
                public struct TitleBytes
                {
                    private byte _first;
                }
            }
            """,
            FixedLengthFixProvider.TextKey
        );

    [Fact]
    public Task ByteArrays_BecomeReadyMadeBuffers() =>
        Fix.Verify<FixedLengthFixProvider>(
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public Job() { }
                public byte[] {|BPFMAP021:Data|} = new byte[32];
                public byte[] {|BPFMAP021:More|} { get; set; } = [];
            }
            [BpfMap(Type = Stack, Value = {|BPFMAP021:typeof(byte[])|})] public partial class Blobs;
            """,
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public Job() { }
                public Bytes32 Data;
                public Bytes16 More { get; set; }
            }
            [BpfMap(Type = Stack, Value = typeof(Bytes16))] public partial class Blobs;
            """,
            FixedLengthFixProvider.ArrayKey
        );

    [Fact]
    public Task OtherArrays_BecomeInlineArrays() =>
        Fix.Verify<FixedLengthFixProvider>(
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public uint[] {|BPFMAP021:Slots|};

                [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4), Obsolete]
                public Point[] {|BPFMAP021:Points|};
            }
            public struct Point { public int X, Y; }
            """,
            """
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public SlotsArray Slots;

                [Obsolete]
                public PointsArray Points;

                [InlineArray(16)]
                public struct SlotsArray
                {
                    private uint _first;
                }

                [InlineArray(4)]
                public struct PointsArray
                {
                    private Point _first;
                }
            }
            public struct Point { public int X, Y; }
            """,
            FixedLengthFixProvider.ArrayKey
        );

    [Fact]
    public Task CharArrays_BecomeText() =>
        Fix.Verify<FixedLengthFixProvider>(
            "[BpfMap(Type = Queue)] public struct Job { public char[] {|BPFMAP021:Comm|}; }",
            "[BpfMap(Type = Queue)] public struct Job { public BpfText<Bytes16> Comm; }"
        );

    [Fact]
    public Task ArraysOfArraysAndOtherReferences_HaveNoFix() =>
        Fix.VerifyNone<FixedLengthFixProvider>(
            "[BpfMap(Type = Queue)] public struct Job { public int[][] {|BPFMAP021:Jagged|}; public int[,] {|BPFMAP021:Square|}; public object {|BPFMAP021:Any|}; public string[] {|BPFMAP021:Names|}; public int? {|BPFMAP021:Maybe|}; }"
        );

    [Fact]
    public Task WithoutUsings_TheNamesAreWrittenOut() =>
        Fix.Verify<FixedLengthFixProvider>(
            ["[BpfMaps.BpfMap(Type = BpfMaps.BpfMapType.Queue)]\npublic struct Job\n{\n    public string {|BPFMAP021:Comm|};\n}"],
            [
                "[BpfMaps.BpfMap(Type = BpfMaps.BpfMapType.Queue)]\npublic struct Job\n{\n    public BpfMaps.BpfText<BpfMaps.Bytes16> Comm;\n}",
            ],
            FixedLengthFixProvider.TextKey,
            usings: ""
        );

    [Fact]
    public Task WithoutTheUsingOfInlineArrays_ItIsAddedOnce() =>
        Fix.Verify<FixedLengthFixProvider>(
            [
                """
                // A header.
                using System;
                using BpfMaps;

                [BpfMap(Type = BpfMapType.Queue)]
                public struct Job
                {
                    public uint[] {|BPFMAP021:First|}, {|BPFMAP021:Second|};
                    public ushort[] {|BPFMAP021:Third|};
                }
                """,
            ],
            [
                """
                // A header.
                using System;
                using System.Runtime.CompilerServices;
                using BpfMaps;

                [BpfMap(Type = BpfMapType.Queue)]
                public struct Job
                {
                    public FirstArray First, Second;
                    public ThirdArray Third;

                    [InlineArray(16)]
                    public struct FirstArray
                    {
                        private uint _first;
                    }

                    [InlineArray(16)]
                    public struct ThirdArray
                    {
                        private ushort _first;
                    }
                }
                """,
            ],
            FixedLengthFixProvider.ArrayKey,
            usings: ""
        );

    [Fact]
    public Task AutoLayout_BecomesSequential() =>
        Fix.Verify<AutoLayoutFixProvider>(
            "[BpfMap(Type = Queue)] [StructLayout(LayoutKind.Auto, Pack = 4)] public struct {|BPFMAP023:Job|} { public uint Id; }",
            "[BpfMap(Type = Queue)] [StructLayout(LayoutKind.Sequential, Pack = 4)] public struct Job { public uint Id; }",
            title: "Use LayoutKind.Sequential"
        );

    [Fact]
    public Task FieldsThatCannotBeAdded_TakeTheFirst() =>
        Fix.Verify<AggregateFixProvider>(
            """
            public enum State { Open, Closed }
            [BpfMap(Type = PerCpuArray)]
            public struct Total
            {
                public ulong Count;

                /// <summary>The last.</summary>
                public State {|BPFMAP019:State|}, {|BPFMAP019:Before|};
                public BpfText<Bytes16> {|BPFMAP019:Comm|};
            }
            """,
            """
            public enum State { Open, Closed }
            [BpfMap(Type = PerCpuArray)]
            public struct Total
            {
                public ulong Count;

                /// <summary>The last.</summary>
                [BpfAggregate(Aggregation.First)] public State State, Before;
                [BpfAggregate(Aggregation.First)] public BpfText<Bytes16> Comm;
            }
            """,
            title: "Add '[BpfAggregate(Aggregation.First)]'"
        );

    [Fact]
    public Task FieldsWithAnAggregation_HaveNoFix() =>
        Fix.VerifyNone<AggregateFixProvider>(
            "[BpfMap(Type = PerCpuArray)] public struct Total { [BpfAggregate(Aggregation.Max)] public BpfText<Bytes16> {|BPFMAP019:Comm|}; }"
        );
}
