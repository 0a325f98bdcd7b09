using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Objects;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Proposals for misspelled types and files.</summary>
public sealed class WrongTypeTests
{
    private const string Layout = """
        bpf-layout 1
        object byte-order=little
        map flows type=Hash key=u32 key-as=__be32 key-size=4 value=struct:stats value-size=16 max-entries=16
        type struct:stats size=16 align=8
          field 0 u64 packets
          field 8 u32 next as=__be32
          field 12 u32 mark

        """;

    private const string Empty = "bpf-layout 1\nobject byte-order=little\n";

    [Fact]
    public Task NumberInHostOrder_BecomesNetworkOrder() =>
        Fix.VerifyWithLayout<FieldTypeFixProvider>(
            Layout,
            """[BpfMap(Type = Hash, Key = {|BPFMAP055:typeof(uint)|}, MaxEntries = 16)] public struct Flows { public ulong Packets; public uint {|BPFMAP055:Next|}; public uint Mark; }""",
            """[BpfMap(Type = Hash, Key = typeof(Be32), MaxEntries = 16)] public struct Flows { public ulong Packets; public Be32 Next; public uint Mark; }"""
        );

    [Fact]
    public Task NumberInNetworkOrder_BecomesHostOrder() =>
        Fix.VerifyWithLayout<FieldTypeFixProvider>(
            Layout,
            """[BpfMap(Type = Hash, Key = typeof(Be32), MaxEntries = 16)] public struct Flows { public ulong Packets; public Be32 Next; public Be32 {|BPFMAP055:Mark|}; }""",
            """[BpfMap(Type = Hash, Key = typeof(Be32), MaxEntries = 16)] public struct Flows { public ulong Packets; public Be32 Next; public uint Mark; }"""
        );

    [Fact]
    public Task FieldsOfOneDeclaration_StayAsTheyAre() =>
        Fix.VerifyWithLayout<FieldTypeFixProvider>(
            Layout,
            """[BpfMap(Type = Hash, Key = typeof(Be32), MaxEntries = 16)] public struct Flows { public ulong Packets; public uint {|BPFMAP055:Next|}, Mark; }""",
            """[BpfMap(Type = Hash, Key = typeof(Be32), MaxEntries = 16)] public struct Flows { public ulong Packets; public uint {|BPFMAP055:Next|}, Mark; }"""
        );

    [Fact]
    public Task DataOfATrie_BecomeNetworkOrder() =>
        Fix.Verify<FieldTypeFixProvider>(
            "[BpfMap(Type = LpmTrie, Key = {|BPFMAP056:typeof(LpmKey<uint>)|})] public struct Route { public uint Hop; }",
            "[BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>))] public struct Route { public uint Hop; }",
            title: "Use 'Be32' instead of 'uint'"
        );

    [Fact]
    public Task Address_BecomesBytes() =>
        Fix.Verify<FixedLengthFixProvider>(
            "[BpfMap(Type = Queue)] public struct Job { public System.Net.IPAddress {|BPFMAP021:Address|}; }",
            "[BpfMap(Type = Queue)] public struct Job { public Be32 Address; }",
            key: FieldTypeFixProvider.KeyFor("IPAddress", "global::BpfMaps.Be32")
        );

    [Fact]
    public Task AddressOfSixteenBytes_BecomesBytes() =>
        Fix.Verify<FixedLengthFixProvider>(
            "[BpfMap(Type = Hash, Key = {|BPFMAP021:typeof(System.Net.IPAddress)|})] public struct Job { public uint Id; }",
            "[BpfMap(Type = Hash, Key = typeof(Bytes16))] public struct Job { public uint Id; }",
            key: FieldTypeFixProvider.KeyFor("IPAddress", "global::BpfMaps.Bytes16")
        );

    [Fact]
    public Task ClassAsAField_BecomesAStruct() =>
        Fix.Verify<FixedLengthFixProvider>(
            """
            // A pair of ports.
            public sealed class Ports { public ushort From, To; }
            [BpfMap(Type = Queue)] public struct Job { public Ports {|BPFMAP021:Ports|}; }
            """,
            """
            // A pair of ports.
            public struct Ports { public ushort From, To; }
            [BpfMap(Type = Queue)] public struct Job { public Ports Ports; }
            """,
            title: "Declare 'Ports' as a struct"
        );

    [Fact]
    public Task ClassThatIsTheValue_BecomesAStruct() =>
        Fix.Verify<ValueMissingFixProvider>(
            "[BpfMap(Type = Hash, Key = typeof(uint))] public sealed class {|BPFMAP010:Flow|} { public ulong Count; }",
            "[BpfMap(Type = Hash, Key = typeof(uint))] public struct Flow { public ulong Count; }",
            title: "Declare 'Flow' as a struct"
        );

    [Fact]
    public Task FileOfAnotherName_BecomesTheNearest() =>
        Fix.VerifyWithLayout<ObjectArgumentFixProvider>(
            Empty,
            """[BpfMap(Type = Hash, Key = typeof(Be32), Object = {|BPFMAP036:"flow.o"|})] public struct Flows { public ulong Packets; public Be32 Next; public uint Mark; }""",
            """[BpfMap(Type = Hash, Key = typeof(Be32), Object = "flow.bpf.o")] public struct {|BPFMAP037:Flows|} { public ulong Packets; public Be32 Next; public uint Mark; }""",
            title: "Use the object 'flow.bpf.o'"
        );

    [Fact]
    public Task ObjectOfAnotherName_BecomesTheNearest() =>
        Fix.VerifyWithLayout<ObjectFileFixProvider>(
            Empty,
            """[{|BPFMAP053:BpfObject("bpf/flows.bpf.o")|}] public sealed partial class Flow;""",
            """[BpfObject("flow.bpf.o")] public sealed partial class Flow;""",
            title: "Use the object 'flow.bpf.o'"
        );
}
