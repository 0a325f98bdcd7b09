using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Invalid map names.</summary>
public sealed class NameTests
{
    [Fact]
    public Task DefaultNameThatIsTooLong_IsShortened() =>
        Fix.Verify<NameFixProvider>(
            "[BpfMap(Type = Queue, MaxEntries = 4)] public struct {|BPFMAP014:ConnectionStatistics|} { public uint Id; }",
            "[BpfMap(Type = Queue, Name = \"connection_stat\", MaxEntries = 4)] public struct ConnectionStatistics { public uint Id; }",
            title: "Name the map 'connection_stat'"
        );

    [Fact]
    public Task NamesWithOtherCharacters_AreSanitised() =>
        Fix.Verify<NameFixProvider>(
            """
            [BpfMap(Type = Queue, Name = {|BPFMAP014:"a-b"|})] public struct B { public uint Id; }
            [BpfMap(Type = Queue, Name = {|BPFMAP014:""|})] public struct C { public uint Id; }
            """,
            """
            [BpfMap(Type = Queue, Name = "a_b")] public struct B { public uint Id; }
            [BpfMap(Type = Queue, Name = "map")] public struct C { public uint Id; }
            """
        );

    [Fact]
    public Task NamesThatBeginAlike_StayDifferent() =>
        Fix.Verify<NameFixProvider>(
            [
                "[BpfMap(Type = Queue)] public struct {|BPFMAP014:ConnectionStatesIn|} { public uint Id; }",
                "[BpfMap(Type = Queue)] public struct {|BPFMAP014:ConnectionStatesOut|} { public ulong Id; }",
                "[BpfMap(Type = Queue, Name = \"connection_st_2\")] public struct Other { public ushort Id; }",
            ],
            [
                "[BpfMap(Type = Queue, Name = \"connection_stat\")] public struct ConnectionStatesIn { public uint Id; }",
                "[BpfMap(Type = Queue, Name = \"connection_st_3\")] public struct ConnectionStatesOut { public ulong Id; }",
                "[BpfMap(Type = Queue, Name = \"connection_st_2\")] public struct Other { public ushort Id; }",
            ]
        );
}
