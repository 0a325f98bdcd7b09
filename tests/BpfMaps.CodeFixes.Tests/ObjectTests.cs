using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Objects;
using BpfMaps.CodeFixes.Tests.Harness;
using static BpfMaps.CodeFixes.Tests.Harness.FlowObject;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Fixes that change declarations to match the BPF object.</summary>
public sealed class ObjectTests
{
    [Fact]
    public Task Arguments_AreSetToTheObjects() =>
        Arguments(
            "Type",
            "Type = {|BPFMAP039:LruHash|}, Name = \"flows\", MaxEntries = 1024",
            "Type = Hash, Name = \"flows\", MaxEntries = 1024"
        );

    [Fact]
    public Task MaxEntries_IsSetToTheObjects() =>
        Arguments(
            "MaxEntries",
            "Type = Hash, Name = \"flows\", MaxEntries = {|BPFMAP040:65_536|}",
            "Type = Hash, Name = \"flows\", MaxEntries = 1024"
        );

    [Fact]
    public Task Flags_AreSetToTheObjects() =>
        Arguments(
            "Flags",
            "Type = Hash, Name = \"flows\", Flags = {|BPFMAP041:BpfMapFlags.ZeroSeed|}",
            "Type = Hash, Name = \"flows\", Flags = BpfMapFlags.NoPrealloc"
        );

    [Fact]
    public Task ValueSizeOfAValueThatIsTheKernels_IsSetToTheObjects() =>
        Fix.VerifyWithLayout<LayoutFixProvider>(
            Head + "map devices type=DevMap key-size=4 value-size=8 max-entries=8\n",
            "[BpfMap(Type = DevMap, ValueSize = {|BPFMAP043:4|})] public sealed partial class Devices;",
            "[BpfMap(Type = DevMap, ValueSize = 8)] public sealed partial class Devices;",
            LayoutFixProvider.Resize
        );

    [Fact]
    public Task Record_IsWrittenFromTheObject() =>
        Fix.VerifyWithLayout<LayoutFixProvider>(
            Head
                + """
                map events type=RingBuf key-size=0 value-size=0 max-entries=4096
                type struct:event size=8 align=4
                  field 0 u32 pid
                  field 4 u16 kind
                  field 6 u16 cpu

                """,
            """
            [BpfMap(Type = RingBuf, Name = "events", Record = "event")]
            public struct Event
            {
                public ushort {|BPFMAP061:Kind|};
                public uint Pid;
                public ushort Cpu;
            }
            """,
            """
            [BpfMap(Type = RingBuf, Name = "events", Record = "event")]
            public struct Event
            {
                public uint Pid;
                public ushort Kind;
                public ushort Cpu;
            }
            """,
            LayoutFixProvider.Reorder
        );

    [Fact]
    public Task DeclaredSize_IsSetToTheObjectsWhereTheTypeHasIt() =>
        Fix.VerifyWithLayout<DeclaredSizeFixProvider>(
            Flow,
            "[BpfMap(Type = Hash, Name = \"flows\", KeySize = 8, ValueSize = {|BPFMAP025:20|})] public struct FlowStats { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public ulong Bytes; }",
            "[BpfMap(Type = Hash, Name = \"flows\", KeySize = 8, ValueSize = 24)] public struct FlowStats { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public ulong Bytes; }",
            title: "Set ValueSize to 24, as in flow.bpf.o"
        );

    /// <summary>The attribute matches the object, so the struct is wrong, and its size must not be proposed.</summary>
    [Theory]
    [InlineData("{|BPFMAP025:24|}")]
    [InlineData("{|BPFMAP025:20|}")]
    public async Task DeclaredSize_StaysWhereTheTypeIsNotTheObjects(string size)
    {
        string source =
            "[BpfMap(Type = Hash, Name = \"flows\", ValueSize = "
            + size
            + ")] public struct FlowStats { "
            + Key
            + " public ulong Packets; public ulong {|BPFMAP043:Bytes|}; }";
        await Fix.VerifyWithLayout<DeclaredSizeFixProvider>(Flow, source, source);
    }

    /// <summary>Objects do not define the record type of a ring buffer.</summary>
    [Fact]
    public Task DeclaredSizeOfARecord_IsTheTypes() =>
        Fix.VerifyWithLayout<DeclaredSizeFixProvider>(
            Head + "map events type=RingBuf key-size=0 value-size=0 max-entries=4096\n",
            "[BpfMap(Type = RingBuf, MaxEntries = 4096, ValueSize = {|BPFMAP025:4|})] public struct Events { public ulong Id; }",
            "[BpfMap(Type = RingBuf, MaxEntries = 4096, ValueSize = 8)] public struct Events { public ulong Id; }",
            title: "Set ValueSize to 8"
        );

    [Fact]
    public Task NameOfAMapThatIsThere_IsProposed() =>
        Fix.VerifyWithLayout<ObjectArgumentFixProvider>(
            Head + "map jobs type=Queue key-size=0 value=u64 value-size=8 max-entries=16\n",
            """
            [BpfMap(Type = Queue)] public struct Jobs { public ulong Id; }
            [BpfMap(Type = Queue)] public struct {|BPFMAP038:Job|} { public ulong Id; }
            [BpfMap(Type = Queue, Name = {|BPFMAP037:"job"|}, Object = "flow.bpf.o")] public struct Work { public ulong Id; }
            [BpfMap(Type = Queue)] public struct {|BPFMAP038:Unrelated|} { public ulong Id; }
            """,
            """
            [BpfMap(Type = Queue)] public struct Jobs { public ulong Id; }
            [BpfMap(Type = Queue, Name = "jobs")] public struct Job { public ulong Id; }
            [BpfMap(Type = Queue, Name = "jobs", Object = "flow.bpf.o")] public struct Work { public ulong Id; }
            [BpfMap(Type = Queue)] public struct {|BPFMAP038:Unrelated|} { public ulong Id; }
            """,
            "ObjectArgumentFixProvider.Name"
        );

    private static Task Arguments(string argument, string wrong, string right) =>
        Fix.VerifyWithLayout<ObjectArgumentFixProvider>(
            Flow,
            "[BpfMap("
                + wrong
                + ")] public struct FlowStats { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public ulong Bytes; }",
            "[BpfMap("
                + right
                + ")] public struct FlowStats { "
                + Key
                + " public ulong Packets; public uint Errors; "
                + Padding
                + " public ulong Bytes; }",
            "ObjectArgumentFixProvider." + argument
        );
}
