using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Maps of objects that are not declared.</summary>
public sealed class UndeclaredMapTests
{
    private const string Head = "bpf-layout 1\nobject byte-order=little\n";
    private const string Drops = "map drops type=Queue key-size=0 value=u64 value-size=8 max-entries=16";
    private const string Jobs = "map jobs type=Queue key-size=0 value=u64 value-size=8 max-entries=16";

    [Fact]
    public Task OtherMapOfAnObject_IsReportedAtItsFirstDeclaration() =>
        Verify(
            Drops + "\n" + Jobs + "\n",
            """
            [BpfMap(Type = Queue, Name = "jobs")] public struct {|BPFMAP044:Job|} { public ulong Id; }
            [BpfMap(Type = Queue, Name = "jobs")] public struct Work { public ulong Id; }
            [BpfMap(Type = Queue, Name = "drops", Object = "other.bpf.o")] public struct Other { public ulong Id; }
            """,
            "Map 'drops' (Queue) of 'flow.bpf.o' is not declared"
        );

    [Fact]
    public Task MapsOfAnObjectWithoutDeclarations_AreReportedInTheLayout() =>
        Verify("{|BPFMAP044:" + Drops + "|}\n{|BPFMAP044:" + Jobs + "|}\n", "");

    [Fact]
    public Task DeclaredMaps_AreNotReported() =>
        Verify(
            Drops + "\n" + Jobs + "\n",
            """
            [BpfMap(Type = Queue, Name = "jobs", Object = "flow.bpf.o")] public struct Job { public ulong Id; }
            public partial class Container { [BpfMap(Type = Queue)] public struct Drops { public ulong Id; } }
            """
        );

    [Fact]
    public Task UnreadableLayout_SaysNothing() => Diagnose.Verify<UndeclaredMapAnalyzer>([new("/flow.bpf.layout", "bpf-layout 2\n")], "");

    private static Task Verify(string maps, string source, params string[] messages) =>
        Diagnose.Verify<UndeclaredMapAnalyzer>([new("/flow.bpf.layout", Head + maps)], source, messages);
}
