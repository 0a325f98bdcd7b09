using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Diagnostics of metrics attributes.</summary>
public sealed class MetricTests
{
    private const string Slots = "[InlineArray(8)] public struct Slots { private ulong _first; }\n";

    [Fact]
    public Task InvalidMetricNames_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint))]
            public struct Stats
            {
                [BpfCounter({|BPFMAP080:"2xx"|})] public ulong A;
                [BpfGauge({|BPFMAP080:"http requests"|})] public ulong B;
                [BpfCounter({|BPFMAP080:""|})] public ulong C;
                [BpfCounter({|BPFMAP080:"bpfmaps.entries"|})] public ulong D;
                [BpfCounter("http/requests-total.all_of_them")] public ulong E;
            }
            """,
            "'2xx' is not a valid metric name: it does not start with a letter; use 'map_2xx', for example",
            "'http requests' is not a valid metric name: it contains ' '; letters, digits and '_', '.', '-', '/' are allowed; use 'http_requests', for example",
            "'' is not a valid metric name: it is empty; use 'map_', for example",
            "'bpfmaps.entries' is not a valid metric name: names that start with 'bpfmaps' are reserved for this library; use 'map_bpfmaps.entries', for example"
        );

    [Fact]
    public Task InvalidLabelNames_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Hash)]
            public struct Stats
            {
                public struct Key
                {
                    [BpfLabel({|BPFMAP081:"le"|})] public uint A;
                    [BpfLabel({|BPFMAP081:"__name"|})] public uint B;
                    [BpfLabel({|BPFMAP081:"a-b"|})] public uint C;
                    [BpfLabel("a.b")] public uint D;
                    [BpfLabel({|BPFMAP081:"a_b"|})] public uint E;
                }
                [BpfCounter("x")] public ulong Count;
            }
            """,
            "'le' is not a valid label name: Prometheus reserves it; use 'key_le', for example",
            "'__name' is not a valid label name: Prometheus reserves it; use 'name', for example",
            "'a-b' is not a valid label name: it contains '-'; letters, digits, '_' and '.' are allowed; use 'a_b', for example",
            "'a_b' is not a valid label name: another label of the key has the same name; use 'a_b_2', for example"
        );

    [Fact]
    public Task LabelsThatAreNotText_AreReported() =>
        Verify(
            """
            public struct Inner { public uint A; }
            [BpfMap(Type = Hash)]
            public unsafe struct Stats
            {
                public unsafe struct Key
                {
                    [BpfLabel("inner")] public Inner {|BPFMAP082:Inner|};
                    [BpfLabel("bytes")] public Bytes8 {|BPFMAP082:Bytes|};
                    [BpfLabel("fixed")] public fixed byte {|BPFMAP082:Fixed|}[8];
                }
                [BpfCounter("x")] public ulong Count;
            }
            """,
            "'Stats.Key.Inner' cannot be a label because it is a struct: put [BpfLabel] on its fields, or set Decoder",
            "'Stats.Key.Bytes' cannot be a label because it is an array: set Decoder, such as typeof(TextDecoder)",
            "'Stats.Key.Fixed' cannot be a label because it is an array: set Decoder, such as typeof(TextDecoder)"
        );

    [Fact]
    public Task TwoMetricsOfOneNameInOneMap_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint))]
            public struct Stats
            {
                [BpfCounter("http.requests")] public ulong A;
                [BpfGauge({|BPFMAP083:"http_requests"|})] public ulong B;
            }
            """,
            "The metric 'http_requests' of 'Stats.B' has the same name as the metric 'http.requests' of 'Stats.A': rename one of them"
        );

    [Fact]
    public Task MetricsOfOneNameThatDiffer_AreReported() =>
        Diagnose.Verify<MetricNameAnalyzer>(
            """
            [BpfMap(Type = Hash)] public struct A { public struct Key { [BpfLabel("client")] public uint Client; } [BpfCounter("requests")] public ulong Count; }
            [BpfMap(Type = Hash)] public struct {|BPFMAP084:B|} { public struct Key { [BpfLabel("server")] public uint Server; } [BpfCounter("requests")] public ulong Count; }
            [BpfMap(Type = BpfMapType.Array)] public struct {|BPFMAP084:C|} { [BpfGauge("requests", Unit = "1")] public ulong Count; }
            [BpfMap(Type = Hash)] public struct D { public struct Key { [BpfLabel("client")] public uint Client; } [BpfCounter("requests")] public ulong Count; }
            """,
            "The metric 'requests' is declared by 'B' as a counter with the labels server and by 'A' as a counter with the labels client: metrics with the same name must have the same kind, unit and labels",
            "The metric 'requests' is declared by 'C' as a gauge in '1' with no labels and by 'A' as a counter with the labels client: metrics with the same name must have the same kind, unit and labels"
        );

    [Fact]
    public Task HistogramsWithoutSlots_AreReported() =>
        Verify(
            Slots
                + """
                [InlineArray(65)] public struct Wide { private uint _first; }
                [InlineArray(4)] public struct Ratios { private float _first; }
                [BpfMap(Type = Hash, Key = typeof(uint))]
                public struct Stats
                {
                    [BpfHistogram("a")] public ulong {|BPFMAP085:A|};
                    [BpfHistogram("b")] public Wide {|BPFMAP085:B|};
                    [BpfHistogram("c")] public Ratios {|BPFMAP085:C|};
                    [BpfHistogram("d", Buckets = BpfBuckets.Linear)] public Slots {|BPFMAP085:D|};
                    [BpfHistogram("e", Buckets = BpfBuckets.Explicit)] public Slots {|BPFMAP085:E|};
                    [BpfHistogram("f", Buckets = BpfBuckets.Explicit, Bounds = new double[] { 1, 2, 2 })] public Slots {|BPFMAP085:F|};
                    [BpfHistogram("g", Buckets = BpfBuckets.Explicit, Bounds = new double[] { 1, 2, 3 })] public Slots {|BPFMAP085:G|};
                    [BpfHistogram("h", Sum = "Nowhere")] public Slots {|BPFMAP085:H|};
                    [BpfHistogram("i", Sum = "H")] public Slots {|BPFMAP085:I|};
                    [BpfHistogram("j", Scale = 0)] public Slots {|BPFMAP085:J|};
                    [BpfHistogram("k", BucketCount = 4)] public Slots {|BPFMAP085:K|};
                }
                """,
            "'Stats.A' cannot be a histogram because it is not an inline array or fixed buffer of integers, and no field of the key has [BpfBucket]",
            "'Stats.B' cannot be a histogram because 65 powers of two do not fit in 64 bits: use at most 64 slots, or another kind of Buckets",
            "'Stats.C' cannot be a histogram because it is not an inline array or fixed buffer of integers, and no field of the key has [BpfBucket]",
            "'Stats.D' cannot be a histogram because Linear buckets need a Width above 0 and a finite Start",
            "'Stats.E' cannot be a histogram because Explicit buckets need Bounds",
            "'Stats.F' cannot be a histogram because its Bounds must be finite and ascending, but number 3 is not",
            "'Stats.G' cannot be a histogram because there are 8 slots for 3 Bounds; expected 3, or 4 with a slot for values above the last bound",
            "'Stats.H' cannot be a histogram because the value has no field 'Nowhere', which Sum names",
            "'Stats.I' cannot be a histogram because the field 'H', which Sum names, is not a number of at most 8 bytes in host order",
            "'Stats.J' cannot be a histogram because its Scale is not a finite number above 0",
            "'Stats.K' cannot be a histogram because BucketCount and SumBucket are for maps whose key has a [BpfBucket] field"
        );

    [Fact]
    public Task HistogramsOfKeysWithABucket_NeedACountAndANumber() =>
        Verify(
            Slots
                + """
                public struct Key { [BpfBucket] public uint Bucket; }
                [BpfMap(Type = Hash, Key = typeof(Key))] public struct A { [BpfHistogram("a")] public ulong {|BPFMAP085:Count|}; }
                [BpfMap(Type = Hash, Key = typeof(Key))] public struct B { [BpfHistogram("b", BucketCount = 4)] public Slots {|BPFMAP085:Count|}; }
                [BpfMap(Type = Hash, Key = typeof(Key))] public struct C { [BpfHistogram("c", BucketCount = 27, SumBucket = 27)] public ulong Count; }
                """,
            "'A.Count' cannot be a histogram because BucketCount is not set",
            "'B.Count' cannot be a histogram because the key has a [BpfBucket] field, so it must be a single integer: the count of that bucket"
        );

    [Fact]
    public Task NumbersThatAreNone_AreReported() =>
        Verify(
            Slots
                + """
                public enum Kind { A }
                [BpfMap(Type = Hash, Key = typeof(uint))]
                public struct Stats
                {
                    [BpfCounter("a")] public Slots {|BPFMAP086:A|};
                    [BpfGauge("b")] public Kind {|BPFMAP086:B|};
                    [BpfCounter("c")] public Be32 {|BPFMAP086:C|};
                    [BpfCounter("d")] public UInt128 {|BPFMAP086:D|};
                    [BpfGauge("e", Scale = -1)] public ulong {|BPFMAP086:E|};
                }
                """,
            "'Stats.A' cannot be a counter because it is an array: use [BpfHistogram] if its slots are the buckets of a histogram",
            "'Stats.B' cannot be a gauge because 'Kind' is not a number of at most 8 bytes in host order",
            "'Stats.C' cannot be a counter because 'Be32' is not a number of at most 8 bytes in host order",
            "'Stats.D' cannot be a counter because 'global::System.UInt128' is not a number of at most 8 bytes in host order",
            "'Stats.E' cannot be a gauge because its Scale is not a finite number above 0"
        );

    [Fact]
    public Task DecodersThatCannotDecode_AreReported() =>
        Verify(
            """
            public sealed class NoDecoder;
            public sealed class OfInt : IBpfLabelDecoder<int> { public string? Decode(int value) => null; }
            public sealed class OfBytes : IBpfLabelDecoder<ReadOnlySpan<byte>> { public string? Decode(ReadOnlySpan<byte> value) => null; }
            public sealed class Closed : IBpfLabelDecoder<int> { private Closed() { } public string? Decode(int value) => null; }
            public abstract class Base : IBpfLabelDecoder<int> { public string? Decode(int value) => null; }
            public class Outer { private sealed class Hidden : IBpfLabelDecoder<int> { public string? Decode(int value) => null; } 
                public struct Key { [BpfLabel("hidden", Decoder = {|BPFMAP087:typeof(Hidden)|})] public int Hidden_; } }
            public enum Level { Low }
            [BpfMap(Type = Hash)]
            public struct Stats
            {
                public struct Key
                {
                    [BpfLabel("a", Decoder = {|BPFMAP087:typeof(NoDecoder)|})] public uint A;
                    [BpfLabel("b", Decoder = {|BPFMAP087:typeof(OfInt)|})] public uint B;
                    [BpfLabel("c", Decoder = {|BPFMAP087:typeof(Closed)|})] public int C;
                    [BpfLabel("d", Decoder = {|BPFMAP087:typeof(Base)|})] public int D;
                    [BpfLabel("e", Decoder = typeof(OfBytes))] public Bytes8 E;
                    [BpfLabel("f", Decoder = typeof(OfInt))] public Level F;
                    [BpfLabel("g", Decoder = typeof(OfBytes))] public ulong G;
                }
                [BpfCounter("x")] public ulong Count;
            }
            [BpfMap(Type = Hash, Key = typeof(Outer.Key))] public struct More { [BpfCounter("y")] public ulong Count; }
            """,
            "'Outer.Hidden' cannot decode 'Outer.Key.Hidden_' because the generated class cannot access it: make it internal",
            "'NoDecoder' cannot decode 'Stats.Key.A' because it does not implement IBpfLabelDecoder<T>",
            "'OfInt' cannot decode 'Stats.Key.B' because it decodes int, but the field is uint",
            "'Closed' cannot decode 'Stats.Key.C' because it has no public constructor without parameters",
            "'Base' cannot decode 'Stats.Key.D' because it is not a class that can be created"
        );

    [Fact]
    public Task MatchThatIsNoExpression_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Hash)]
            public struct Stats
            {
                public struct Key { [BpfLabel("a", Match = {|BPFMAP088:"("|})] public uint A; [BpfLabel("b", Match = "^1+$")] public uint B; }
                [BpfCounter("x")] public ulong Count;
            }
            """
        );

    [Fact]
    public Task AttributesThatExportNothing_AreReported() =>
        Verify(
            """
            public struct Key { [BpfCounter("x")] public uint {|BPFMAP089:A|}; }
            [BpfMap(Type = Hash, Key = typeof(Key))] public struct A { public ulong Count; }
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct B { [BpfLabel("x")] public ulong {|BPFMAP089:Count|}; }
            [BpfMap(Type = Queue)] public struct C { [BpfCounter("x")] public ulong {|BPFMAP089:Count|}; }
            [BpfMap(Type = Hash)] public struct D { public struct Key { [BpfBucket] public uint {|BPFMAP089:A|}; } [BpfCounter("d")] public ulong Count; }
            [BpfMap(Type = Queue), BpfLabel("x")] public struct {|BPFMAP089:E|} { public ulong Count; }
            [BpfMap(Type = Hash)] public struct F { public struct Key { [BpfBucket] public uint A; [BpfBucket] public uint {|BPFMAP089:B|}; } [BpfHistogram("f", BucketCount = 3)] public ulong Count; }
            """,
            "[BpfCounter] on 'Key.A' has no effect because it is a field of the key: metrics are fields of the value",
            "[BpfLabel] on 'B.Count' has no effect because it is a field of the value: labels and buckets are fields of the key",
            "[BpfCounter] on 'C.Count' has no effect because the elements of Queue maps cannot be read without removing them",
            "[BpfBucket] on 'D.Key.A' has no effect because the value has no field with [BpfHistogram]",
            "[BpfLabel] on 'E' has no effect because Queue maps have no declared keys",
            "[BpfBucket] on 'F.Key.B' has no effect because another field of the key is the bucket"
        );

    [Fact]
    public Task WhatCanBeExported_IsNotReported() =>
        Verify(
            Slots
                + """
                public enum HttpMethod : byte { Get, Post }
                public struct Stats
                {
                    [BpfCounter("http.requests", Unit = "{request}", Description = "Requests")] public ulong Requests;
                    [BpfGauge("http.open")] public uint Open;
                    [BpfHistogram("http.duration", Unit = "s", Scale = 1e-9, Sum = nameof(Total))] public Slots Duration;
                    [BpfHistogram("http.size", Buckets = BpfBuckets.Linear, Width = 10)] public Slots Size;
                    [BpfHistogram("http.rank", Buckets = BpfBuckets.Explicit, Bounds = new double[] { 1, 2, 3, 4, 5, 6, 7 })] public Slots Rank;
                    public ulong Total;
                }
                public struct Key { [BpfLabel("client")] public Be32 Address; [BpfLabel("method")] public HttpMethod Method; [BpfLabel("comm")] public BpfText<Bytes16> Comm; private byte _pad1; private ushort _pad2; }
                [BpfMap(Type = PerCpuHash, Key = typeof(Key), Value = typeof(Stats))] public partial class Requests;
                [BpfMap(Type = RingBuf, Value = typeof(Stats))] public partial class Events;
                [BpfMap(Type = PerCpuArray, Value = typeof(ulong)), BpfLabel("cpu"), BpfCounter("switches")] public partial class Switches;
                [BpfMap(Type = BpfMapType.Array, Value = typeof(ulong)), BpfBucket, BpfHistogram("latency", BucketCount = 27)] public partial class Latencies;
                [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>), Value = typeof(ulong)), BpfLabel("network"), BpfCounter("routed")] public partial class Routes;
                """
        );

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
