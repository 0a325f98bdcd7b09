using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

public sealed class DuplicateNameTests
{
    [Fact]
    public Task OneNameWithTwoShapes_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, Name = "jobs")] public struct Job { public uint Id; }
            [BpfMap(Type = Queue, Name = {|BPFMAP015:"jobs"|})] public struct Other { public ulong Id; }
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct {|BPFMAP015:Jobs|} { public uint Id; }
            """,
            "The map 'jobs' is declared as Queue of 8 bytes by 'Other' and as Queue of 4 bytes by 'Job': one of them does not match the BPF side",
            "The map 'jobs' is declared as Hash with keys of 4 bytes and values of 4 bytes by 'Jobs' and as Queue of 4 bytes by 'Job': one of them does not match the BPF side"
        );

    [Fact]
    public Task OneNameWithOneShape_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, Name = "jobs")] public struct Job { public uint Id; }
            [BpfMap(Type = Queue, Name = "jobs")] public struct Other { public int Id; }
            """
        );

    [Fact]
    public Task RecordsOfTwoTypesInOneRing_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = RingBuf, Name = "events")] public struct Started { public uint Id; }
            [BpfMap(Type = RingBuf, Name = "events")] public struct Ended { public ulong Id; }
            """
        );

    [Fact]
    public Task OneNameInTwoObjects_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, Name = "jobs", Object = "a.bpf.o")] public struct Job { public uint Id; }
            [BpfMap(Type = Queue, Name = "jobs", Object = "b.bpf.o")] public struct Other { public ulong Id; }
            """
        );

    [Fact]
    public Task InnerMapsOfOneName_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint), Value = typeof(uint), Name = "slot", MaxEntries = 1)] public partial class Small;
            [BpfMap(Type = Hash, Key = typeof(uint), Value = typeof(ulong), Name = "slot", MaxEntries = 1)] public partial class Large;
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Small), MaxEntries = 2)] public partial class Smalls;
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Large), MaxEntries = 2)] public partial class Larges;
            """
        );

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<DuplicateMapNameAnalyzer>(source, messages);
}
