using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Comparison of declared maps with maps of objects.</summary>
public sealed class ObjectMapTests
{
    private const string Flow = """
        bpf-layout 1
        object byte-order=little license=GPL
        map connection_table_v4 type=Queue key-size=0 value=u64 value-size=8 max-entries=16
        map flows type=Hash key=struct:key key-size=8 value=struct:stats value-size=16 max-entries=1024 flags=0x1
        map sizes type=Array key-size=4 value-size=24 max-entries=0
        section .rodata size=12 flags=0x480
          var 0 s32 target_pid
          var 4 struct:key filter
        type struct:key size=8 align=4
          field 0 u32 address as=__be32
          field 4 u16 port
          field 6 u16 zone
        type struct:stats size=16 align=8
          field 0 u64 packets
          field 8 u64 bytes

        """;

    private const string Rings = """
        bpf-layout 1
        object byte-order=little
        map plain type=RingBuf key-size=0 value-size=0 max-entries=4096
        map requests type=UserRingBuf key-size=0 value-size=0 max-entries=4096
        map samples type=PerfEventArray key=u32 key-size=4 value=u32 value-size=4 max-entries=0
        map typed type=RingBuf key-size=0 value=struct:event value-size=16 max-entries=4096
        type struct:event size=16 align=8
          field 0 u32 id
          field 8 u64 at

        """;

    private const string Outer = """
        bpf-layout 1
        object byte-order=little
        map more type=ArrayOfMaps key=u32 key-size=4 value-size=4 max-entries=8
          inner type=Hash key=u32 key-size=4 value=u64 value-size=8 max-entries=16
        map shards type=ArrayOfMaps key=u32 key-size=4 value-size=4 max-entries=8
          inner type=Hash key=u32 key-size=4 value=u64 value-size=8 max-entries=16

        """;

    private const string Key = "public struct Key { public Be32 Address; public ushort Port, Zone; }";

    [Fact]
    public Task FittingDeclarations_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Name = "flows", Object = "flow.bpf.o", MaxEntries = 1024, Flags = BpfMapFlags.NoPrealloc)]
            public struct FlowStats
            {
                public struct Key { public Be32 Source; public ushort Port; public ushort Zone; }
                public ulong Packets;
                public ulong Octets;
            }
            [BpfMap(Type = BpfMapType.Array)] public struct Sizes { public ulong A, B, C; }
            [BpfMap(Type = BpfMapType.Array, MaxEntries = 5, Object = "bpf/flow.bpf.o", Name = "sizes")] public struct OtherSizes { public ulong A, B; public uint C, D; }
            [BpfMap(Type = Queue, Name = "connection_tabl")] public struct Connection { public ulong Id; }
            [BpfMap(Type = BpfMapType.Array, Name = ".rodata")] public struct Constants { public int TargetPid; public Be32 Address; public ushort Port, Zone; }
            """
        );

    [Fact]
    public Task Streams_AreComparedAsFarAsTheObjectTells() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [new("/rings.bpf.layout", Rings)],
            """
            [BpfMap(Type = RingBuf, MaxEntries = 4096)] public struct Plain { public uint Id; public ulong At; }
            [BpfMap(Type = RingBuf, MaxEntries = {|BPFMAP040:8192|}, Name = "typed", Object = "rings.bpf.o")] public struct Typed { public uint Id; public ulong Cpu, {|BPFMAP043:At|}; }
            [BpfMap(Type = PerfEventArray)] public struct Samples { public ulong At; }
            [BpfMap(Type = {|BPFMAP039:RingBuf|}, Name = "requests", Object = "rings.bpf.o")] public struct Request { public uint Id; }
            """
        );

    [Fact]
    public Task InnerMaps_AreComparedWithThoseOfTheObject() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [new("/outer.bpf.layout", Outer)],
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Right { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Right), Object = "outer.bpf.o", Name = "shards")] public sealed partial class Shards;
            [BpfMap(Type = {|BPFMAP039:LruHash|}, Key = typeof(uint))] public struct Wrong { public uint {|BPFMAP043:Count|}; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Wrong), Object = "outer.bpf.o", Name = "more")] public sealed partial class More;
            """,
            "'Wrong' declares map 'more.inner' as LruHash, but in outer.bpf.o it is Hash",
            "'Wrong' is 4 bytes, but map 'more.inner' in outer.bpf.o has value_size 8: at offset 0, field 'Count' is uint (4 bytes), but the object's type is u64 (8 bytes). C# has Count uint @0; the object has u64 @0"
        );

    [Fact]
    public Task SizesOfValuesThatAreTheKernels_AreCompared() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [
                new(
                    "/redirect.bpf.layout",
                    "bpf-layout 1\nobject byte-order=little\nmap a type=DevMap key-size=4 value-size=8 max-entries=8\nmap b type=DevMap key-size=4 value-size=8 max-entries=8\n"
                ),
            ],
            """
            [BpfMap(Type = DevMap, ValueSize = {|BPFMAP043:4|}, Name = "a")] public sealed partial class A;
            [BpfMap(Type = DevMap, Name = "b")] public sealed partial class B;
            """,
            "'A' declares ValueSize 4, but map 'a' in redirect.bpf.o has value_size 8: its values are network interfaces, whose size the object defines"
        );

    [Fact]
    public Task HashFunctionsOfBloomFilters_AreCompared() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [
                new(
                    "/seen.bpf.layout",
                    "bpf-layout 1\nobject byte-order=little\nmap a type=BloomFilter value=u32 value-size=4 max-entries=8 map-extra=0x3\nmap b type=BloomFilter value=u32 value-size=4 max-entries=8\n"
                ),
            ],
            """
            [BpfMap(Type = BloomFilter, Value = typeof(uint), MapExtra = {|BPFMAP054:5|}, Name = "a")] public sealed partial class A;
            [BpfMap(Type = BloomFilter, Value = typeof(uint), MapExtra = 3, Name = "a")] public sealed partial class Same;
            [BpfMap(Type = BloomFilter, Value = typeof(uint), Name = "a")] public sealed partial class Silent;
            [BpfMap(Type = BloomFilter, Value = typeof(uint), MapExtra = {|BPFMAP054:3|}, Name = "b")] public sealed partial class B;
            [BpfMap(Type = BloomFilter, Value = typeof(uint), MapExtra = 5, Name = "b")] public sealed partial class Usual;
            [BpfMap(Type = BloomFilter, Value = typeof(uint), MapExtra = 0, Name = "b")] public sealed partial class AlsoUsual;
            """,
            "'A' declares map 'a' with MapExtra 5, but in seen.bpf.o its map_extra is 3: opening it fails, unless the loader changes the number",
            "'B' declares map 'b' with MapExtra 3, but in seen.bpf.o its map_extra is 5: opening it fails, unless the loader changes the number"
        );

    [Fact]
    public Task InnerMaps_AreNotMissedInTheObjects() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [new("/outer.bpf.layout", Outer)],
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Inside { public ulong Count; }
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct {|BPFMAP038:Outside|} { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Inside))] public sealed partial class Shards;
            """
        );

    [Fact]
    public Task WithoutLayouts_NothingIsReported() =>
        Diagnose.Verify<ObjectMapAnalyzer>("[BpfMap(Type = Queue)] public struct Job { public ulong Id; }");

    [Fact]
    public Task FieldElsewhere_IsReportedWithBothOffsets() =>
        Verify(
            "[BpfMap(Type = Hash)] public struct Flows { "
                + Key
                + " public ulong Packets; public ulong Dropped; public ulong {|BPFMAP043:Bytes|}; }",
            "'Flows' is 24 bytes, but map 'flows' in flow.bpf.o has value_size 16: field 'Bytes' (ulong) is at offset 16, but 'bytes' (u64) is at 8. C# has Packets ulong @0, Dropped ulong @8, Bytes ulong @16; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task OneShiftedField_IsOneDiagnostic() =>
        Verify(
            """
            [BpfMap(Type = Hash, Name = "flows")]
            public struct FlowStats
            {
                public struct Key { public ushort {|BPFMAP042:Port|}; public ushort Zone; public Be32 Address; }
                public uint {|BPFMAP043:Packets|};
                public uint Bytes;
                public ulong Rest;
            }
            """,
            "'FlowStats.Key' does not match the key of map 'flows' in flow.bpf.o: field 'Port' (ushort) is at offset 0, but 'port' (u16) is at 4 (and 2 more differences). C# has Port ushort @0, Zone ushort @2, Address Be32 @4; the object has address __be32 @0, port u16 @4, zone u16 @6",
            "'FlowStats' does not match the value of map 'flows' in flow.bpf.o: at offset 0, field 'Packets' is uint (4 bytes), but 'packets' is u64 (8 bytes) (and 1 more difference). C# has Packets uint @0, Bytes uint @4, Rest ulong @8; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task Sign_IsReported() =>
        Verify(
            "[BpfMap(Type = Hash)] public struct Flows { " + Key + " public ulong Packets; public long {|BPFMAP043:Bytes|}; }",
            "'Flows' does not match the value of map 'flows' in flow.bpf.o: at offset 8, field 'Bytes' is long (8 bytes), but 'bytes' is u64 (8 bytes). C# has Packets ulong @0, Bytes long @8; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task MissingField_IsReportedAtTheType() =>
        Verify(
            "[BpfMap(Type = Hash)] public struct {|BPFMAP043:Flows|} { " + Key + " public ulong Packets; }",
            "'Flows' is 8 bytes, but map 'flows' in flow.bpf.o has value_size 16: field 'bytes' (u64) at offset 8 is not declared in C#. C# has Packets ulong @0; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task SurplusField_IsReportedAtIt() =>
        Verify(
            "[BpfMap(Type = Hash)] public struct Flows { "
                + Key
                + " public ulong Packets; public ulong Bytes; public ulong {|BPFMAP043:Dropped|}; }",
            "'Flows' is 24 bytes, but map 'flows' in flow.bpf.o has value_size 16: field 'Dropped' (ulong) at offset 16 is declared only in C#. C# has Packets ulong @0, Bytes ulong @8, Dropped ulong @16; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task SurplusBytesBehindTheFields_AreReportedAtTheType() =>
        Verify(
            "[BpfMap(Type = Hash), StructLayout(LayoutKind.Sequential, Size = 20)] public struct {|BPFMAP043:Flows|} { "
                + Key
                + " public ulong Packets; public ulong Bytes; }",
            "'Flows' is 20 bytes, but map 'flows' in flow.bpf.o has value_size 16: the fields match, but 4 bytes follow them. C# has Packets ulong @0, Bytes ulong @8; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task SizeWithoutFields_IsReportedAtTheType() =>
        Verify(
            "[BpfMap(Type = BpfMapType.Array)] public struct {|BPFMAP043:Sizes|} { public ulong A; public ulong B; }",
            "'Sizes' is 16 bytes, but map 'sizes' in flow.bpf.o has value_size 24: A at 0 (8 bytes), B at 8 (8 bytes)"
        );

    [Fact]
    public Task TypesOfTheClassForm_AreReportedAtTheArgument() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = {|BPFMAP042:typeof(uint)|}, Value = {|BPFMAP043:typeof(ulong)|}, Name = "flows")]
            public sealed partial class Flows;
            """,
            "'uint' is 4 bytes, but map 'flows' in flow.bpf.o has key_size 8: field 'port' (u16) at offset 4 is not declared in C# (and 1 more difference). C# has uint @0; the object has address __be32 @0, port u16 @4, zone u16 @6",
            "'ulong' is 8 bytes, but map 'flows' in flow.bpf.o has value_size 16: field 'bytes' (u64) at offset 8 is not declared in C#. C# has ulong @0; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task FieldsOfNestedStructs_AreReportedWhereTheyAre() =>
        Verify(
            """
            public struct Counters { public ulong Packets; public double {|BPFMAP043:Bytes|}; }
            public struct FlowKey { public Be32 Address; public ushort Port, Zone; }
            [BpfMap(Type = Hash, Key = typeof(FlowKey))] public struct Flows { public Counters All; }
            """,
            "'Flows' does not match the value of map 'flows' in flow.bpf.o: at offset 8, field 'All.Bytes' is double (8 bytes), but 'bytes' is u64 (8 bytes). C# has All.Packets ulong @0, All.Bytes double @8; the object has packets u64 @0, bytes u64 @8"
        );

    [Fact]
    public Task TypeMaxEntriesAndFlags_AreReportedAtTheArguments() =>
        Verify(
            """
            [BpfMap(Type = {|BPFMAP039:LruHash|}, Name = "flows", MaxEntries = {|BPFMAP040:65_536|}, Flags = {|BPFMAP041:BpfMapFlags.None|})]
            public struct FlowStats { public struct Key { public Be32 Address; public ushort Port, Zone; } public ulong Packets, Bytes; }
            """,
            "'FlowStats' declares map 'flows' as LruHash, but in flow.bpf.o it is Hash",
            "'FlowStats' declares map 'flows' with MaxEntries 65536, but in flow.bpf.o its max_entries is 1024: opening it fails, unless the loader changes the number",
            "'FlowStats' declares map 'flows' with no flags, but in flow.bpf.o it has flags NoPrealloc"
        );

    [Fact]
    public Task FlagsOfTheDescriptor_AreNotCompared() =>
        Verify(
            """
            [BpfMap(Type = Hash, Name = "flows", Flags = BpfMapFlags.NoPrealloc | BpfMapFlags.ReadOnly)]
            public struct FlowStats { public struct Key { public Be32 Address; public ushort Port, Zone; } public ulong Packets, Bytes; }
            """
        );

    [Fact]
    public Task UnknownObject_IsReported() =>
        Verify(
            """[BpfMap(Type = Queue, Object = {|BPFMAP036:"other.bpf.o"|})] public struct Job { public ulong Id; }""",
            "Map 'job' of 'Job' cannot be checked: no .layout file describes 'other.bpf.o' (found flow.bpf.o): add <BpfObject Include=\"other.bpf.o\" /> to the project"
        );

    [Fact]
    public Task MapThatTheObjectHasNot_IsReportedWithThoseItHas() =>
        Verify(
            """
            [BpfMap(Type = Queue, Object = "flow.bpf.o", Name = {|BPFMAP037:"flow"|})] public struct Job { public ulong Id; }
            [BpfMap(Type = Queue, Object = "flow.bpf.o")] public struct {|BPFMAP037:Task|} { public ulong Id; }
            """,
            "'flow.bpf.o' has no map 'flow', which 'Job' declares; it has 'connection_table_v4', 'flows', 'sizes'",
            "'flow.bpf.o' has no map 'task', which 'Task' declares; it has 'connection_table_v4', 'flows', 'sizes'"
        );

    [Fact]
    public Task MapThatNoObjectHas_IsReportedWithThoseThereAre() =>
        Verify(
            "[BpfMap(Type = Queue)] public struct {|BPFMAP038:Job|} { public ulong Id; }",
            "No BPF object of this project has a map 'job', which 'Job' declares; found 'connection_table_v4', 'flows', 'sizes' in flow.bpf.o"
        );

    [Fact]
    public Task MapThatMayBeInAnUnreadableFile_IsNotReported() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [new("/flow.bpf.layout", Flow), new("/jobs.bpf.layout", "bpf-layout 2\n")],
            """
            [BpfMap(Type = Queue)] public struct Job { public ulong Id; }
            [BpfMap(Type = Queue, Object = "jobs.bpf.o")] public struct Work { public ulong Id; }
            """
        );

    [Fact]
    public Task DeclarationWithoutObject_MayMeanAnyObject() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [new("/a.bpf.layout", Flow), new("/b.bpf.layout", Flow.Replace("field 8 u64", "field 8 s64", StringComparison.Ordinal))],
            """
            [BpfMap(Type = Hash)] public struct Flows { public struct Key { public Be32 Address; public ushort Port, Zone; } public ulong Packets; public long Bytes; }
            [BpfMap(Type = Hash, Name = "flows", Object = "a.bpf.o")] public struct Other { public struct Key { public Be32 Address; public ushort Port, Zone; } public ulong Packets; public long {|BPFMAP043:Bytes|}; }
            """
        );

    private static Task Verify(string source, params string[] messages) =>
        Diagnose.Verify<ObjectMapAnalyzer>([new("/flow.bpf.layout", Flow)], source, messages);
}
