using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Types of objects that no map uses, and objects that cannot be loaded.</summary>
public sealed class ObjectTypeTests
{
    private static readonly TextFile s_events = new(
        "/obj/events.bpf.layout",
        """
        bpf-layout 1
        object byte-order=little
        map events type=RingBuf key-size=0 value-size=0 max-entries=4096
        map requests type=UserRingBuf key-size=0 value-size=0 max-entries=4096
        map samples type=PerfEventArray key-size=4 value-size=4 max-entries=0
        map stats type=Hash key=u32 key-size=4 value=struct:event value-size=24 max-entries=4
        type enum:kinds base=u32
          value KIND_OPEN 1
        type struct:event size=24 align=4
          field 0 u32 pid
          field 4 u16 kind
          field 6 char[16] comm

        """
    );

    private static readonly TextFile s_wide = new(
        "/obj/wide.bpf.layout",
        """
        bpf-layout 1
        object byte-order=little
        map jobs type=Hash key=u32 key-size=4 value=struct:job value-size=8 max-entries=4
        map plain type=Hash key=u32 key-size=4 value=u32 value-size=4 max-entries=4
        type enum:state base=u64
          remark its constants may be cut
          value IDLE 1
        type struct:job size=8 align=8
          field 0 enum:state[1] state

        """
    );

    private static readonly TextFile s_refused = new(
        "/obj/refused.bpf.layout",
        """
        bpf-layout 1
        object byte-order=little
        refused its maps are old
        map flows type=Array key=u64 key-size=8 value=u64 value-size=8 max-entries=4
          refused its key has 8 bytes
        map outer type=HashOfMaps key=u32 key-size=4 value-size=4 max-entries=4
          inner type=Array key=u32 key-size=4 value=u64 value-size=8 max-entries=4
            refused it is inside

        """
    );

    [Theory]
    [InlineData("RingBuf", "events")]
    [InlineData("UserRingBuf", "requests")]
    [InlineData("PerfEventArray", "samples")]
    public Task RecordThatFits_IsNotReported(string type, string map) =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [s_events],
            $$"""
            [BpfMap(Type = BpfMapType.{{type}}, Name = "{{map}}", Record = "event")] public struct A { public uint Pid; public ushort Kind; public BpfText<Bytes16> Comm; }
            [BpfMap(Type = BpfMapType.{{type}}, Name = "{{map}}", Record = "struct event")] public struct B { public uint Pid; public ushort Kind; public Bytes16 Comm; public ushort Padding; }
            """
        );

    [Theory]
    [InlineData("RingBuf", "events")]
    [InlineData("UserRingBuf", "requests")]
    [InlineData("PerfEventArray", "samples")]
    public Task RecordThatDiffers_IsReportedAtTheField(string type, string map) =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [s_events],
            $$"""[BpfMap(Type = BpfMapType.{{type}}, Name = "{{map}}", Record = "event")] public struct A { public uint Pid; public short {|BPFMAP061:Kind|}; public BpfText<Bytes16> Comm; }""",
            $"'A' does not match 'struct event', the record of map '{map}' in events.bpf.o: at offset 4, field 'Kind' is short (2 bytes), but 'kind' is u16 (2 bytes). C# has Pid uint @0, Kind short @4, Comm char[16] @6; the object has pid u32 @0, kind u16 @4, comm char[16] @6"
        );

    [Fact]
    public Task RecordOfAnotherSize_IsReported() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [s_events],
            """[BpfMap(Type = BpfMapType.RingBuf, Name = "events", Record = "event")] public struct A { public uint Pid; public ushort Kind; public BpfText<Bytes32> {|BPFMAP061:Comm|}; }""",
            "'A' is 40 bytes, but 'struct event', the record of map 'events' in events.bpf.o, is 24 bytes: at offset 6, field 'Comm' is char[32] (32 bytes), but 'comm' is char[16] (16 bytes). C# has Pid uint @0, Kind ushort @4, Comm char[32] @6; the object has pid u32 @0, kind u16 @4, comm char[16] @6"
        );

    [Fact]
    public Task UnknownRecord_IsReportedWithWhatThereIs() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [s_events],
            """[BpfMap(Type = BpfMapType.RingBuf, Name = "events", Record = {|BPFMAP063:"evnt"|})] public struct A { public uint Pid; }""",
            "'A' names type 'evnt', which events.bpf.o does not have; did you mean 'event'? It has 'kinds', 'event'"
        );

    [Fact]
    public Task RecordOfAMapWithValues_IsRefused() =>
        Diagnose.Verify<MapDeclarationAnalyzer>(
            """[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), {|BPFMAP064:Record = "event"|})] public struct A { public uint Pid; }""",
            "'A' is declared as Hash, which has no records: remove Record; the value type is compared with the object anyway"
        );

    [Fact]
    public Task TypesOfAnObject_AreFoundByName() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>(
            [s_events],
            """
            [BpfObject("events.bpf.o", Types = new[] { "event", "struct event", "enum kinds", "KIND_OPEN" })] public sealed partial class A;
            [BpfObject("events.bpf.o", Types = ["*"])] public sealed partial class B;
            [BpfObject("events.bpf.o", Types = null)] public sealed partial class C;
            """
        );

    [Fact]
    public Task UnknownTypes_AreReported() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>(
            [s_events],
            """[{|BPFMAP063:BpfObject("events.bpf.o", Types = ["event", "union event"])|}] public sealed partial class A;""",
            "'A' names type 'union event', which events.bpf.o does not have; did you mean 'event'? It has 'kinds', 'event'"
        );

    [Fact]
    public Task RefusedObject_IsReportedForEachReason() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>(
            [s_refused],
            """[{|BPFMAP062:{|BPFMAP062:{|BPFMAP062:BpfObject("refused.bpf.o")|}|}|}] public sealed partial class A;""",
            "libbpf cannot load 'refused.bpf.o', the BPF object of 'A': its maps are old",
            "libbpf cannot load 'refused.bpf.o', the BPF object of 'A': map 'flows': its key has 8 bytes",
            "libbpf cannot load 'refused.bpf.o', the BPF object of 'A': map 'outer.inner': it is inside"
        );

    [Fact]
    public Task CutEnumeration_IsReportedWhereItIsUsed()
    {
        const string message = "uses enumeration 'state' of wide.bpf.o, whose constants may be wrong: its constants may be cut";
        return Task.WhenAll(
            Diagnose.Verify<ObjectDeclarationAnalyzer>(
                [s_wide],
                """[{|BPFMAP060:BpfObject("wide.bpf.o")|}] public sealed partial class A;""",
                $"'A' {message}"
            ),
            Diagnose.Verify<ObjectMapAnalyzer>(
                [s_wide],
                """
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Name = "jobs")] public struct {|BPFMAP060:Job|} { public ulong State; }
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Name = "plain", Value = typeof(uint))] public sealed partial class Plain;
                """,
                $"'Job' {message}"
            )
        );
    }
}
