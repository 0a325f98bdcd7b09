using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Rules for inner maps.</summary>
public sealed class InnerMapTests
{
    private const string Hits = "[BpfMap(Type = Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }\n";

    [Fact]
    public Task InnerStructOrClass_IsNotReported() =>
        Verify(
            Hits
                + """
                [BpfMap(Type = BpfMapType.Array, Value = typeof(ulong), MaxEntries = 64)] public sealed partial class Buckets;
                [BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits))] public sealed partial class Shards;
                [BpfMap(Type = HashOfMaps, Key = typeof(uint), Inner = typeof(Buckets))] public sealed partial class Histograms { }
                [BpfMap(Type = HashOfMaps, Inner = typeof(Buckets))] public sealed partial class Nested { public struct Key { public uint Id; } }
                """
        );

    [Fact]
    public Task InnerArrayOfAnyLength_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = BpfMapType.Array, Flags = BpfMapFlags.InnerMap)] public struct Series { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Series))] public sealed partial class AllSeries;
            """
        );

    [Fact]
    public Task MissingInner_IsReported() =>
        Verify(
            "[BpfMap(Type = ArrayOfMaps, MaxEntries = 4)] public sealed partial class {|BPFMAP046:Shards|};",
            "ArrayOfMaps maps need an inner map, but 'Shards' does not set Inner: add 'Inner = typeof(...)' with the struct or class that declares it"
        );

    [Fact]
    public Task InnerOfAnotherKind_IsReported() =>
        Verify(
            Hits + "[BpfMap(Type = Queue, {|BPFMAP047:Inner = typeof(Hits)|})] public struct Job { public uint Id; }",
            "Queue maps have no inner maps, but 'Job' sets Inner: remove it"
        );

    [Fact]
    public Task InnerThatDeclaresNoMap_IsReported() =>
        Verify(
            """
            public struct Plain { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = {|BPFMAP048:typeof(Plain)|})] public sealed partial class A;
            [BpfMap(Type = ArrayOfMaps, Inner = {|BPFMAP048:typeof(ulong[])|}, Name = "b")] public sealed partial class B;
            [BpfMap(Type = ArrayOfMaps, Inner = {|BPFMAP048:null|}, Name = "c")] public sealed partial class C;
            [BpfMap(Type = ArrayOfMaps, Inner = {|BPFMAP048:typeof({|CS0246:Missing|})|}, Name = "d")] public sealed partial class D;
            """,
            "'Plain' cannot be the inner map of 'A' because it does not have [BpfMap]: name the struct or class that does",
            "'ulong[]' cannot be the inner map of 'B' because it does not have [BpfMap]: name the struct or class that does",
            "'null' cannot be the inner map of 'C' because the type cannot be found",
            "'Missing' cannot be the inner map of 'D' because the type cannot be found"
        );

    [Fact]
    public Task MapsOfMapsOfMaps_AreReported() =>
        Verify(
            Hits
                + """
                [BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits))] public sealed partial class A;
                [BpfMap(Type = ArrayOfMaps, Inner = {|BPFMAP048:typeof(A)|})] public sealed partial class B;
                [BpfMap(Type = ArrayOfMaps, Inner = {|BPFMAP048:typeof(C)|})] public sealed partial class C;
                """,
            "'A' cannot be the inner map of 'B' because it is itself a map of maps, and the kernel allows only one level",
            "'C' cannot be the inner map of 'C' because it is itself a map of maps, and the kernel allows only one level"
        );

    [Fact]
    public Task InnerArrayWithoutALength_IsReported() =>
        Verify(
            """
            [BpfMap(Type = BpfMapType.Array)] public struct Bucket { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = {|BPFMAP048:typeof(Bucket)|})] public sealed partial class Histograms;
            """,
            "'Bucket' cannot be the inner map of 'Histograms' because inner arrays must all have the same length: set MaxEntries, or BpfMapFlags.InnerMap for arrays of any length"
        );

    [Fact]
    public async Task InnerWithErrorsOfItsOwn_IsReported()
    {
        const string Source = """
            [BpfMap(Type = Hash)] public struct NoKey { public ulong Count; }
            [BpfMap] public struct NoKind { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(NoKey))] public sealed partial class A;
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(NoKind))] public sealed partial class B;
            """;
        Assert.Equal(
            ["BPFMAP006", "BPFMAP003", "BPFMAP048", "BPFMAP048"],
            (await Diagnose.Report<MapDeclarationAnalyzer>(Source)).Select(static d => d.Id)
        );
    }

    [Fact]
    public Task InnerThatIsLessAccessible_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] internal struct {|BPFMAP012:Hits|} { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits))] public sealed partial class A;
            internal struct Id { public uint Number; }
            [BpfMap(Type = Hash, Key = typeof(Id))] public struct {|BPFMAP012:Views|} { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Views))] public sealed partial class B;
            """,
            "'Hits' is internal, so the map class 'A' cannot use it as its inner map: make it at least public",
            "'Views' is public, so the map class 'B' cannot use it as its inner map: make it at least public"
        );

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
