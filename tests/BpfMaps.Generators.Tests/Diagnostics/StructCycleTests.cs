using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Structs that contain themselves, for which only the compiler reports errors.</summary>
public sealed class StructCycleTests
{
    private const string Usings =
        "using System; using System.Runtime.CompilerServices; using System.Runtime.InteropServices; using BpfMaps;\n";

    [Theory]
    [InlineData("public struct Node { public ulong A; public Node Next; }")]
    [InlineData("public struct Node { public Other B; public uint X; } public struct Other { public Node A; }")]
    [InlineData(
        "public struct Node { public One B; } public struct One { public Two T; } public struct Two { public uint X; public One O; }"
    )]
    [InlineData(
        "public struct Node { public Wrap<Node> Next; public ulong A; } public struct Wrap<T> where T : unmanaged { public T Item; }"
    )]
    [InlineData("public struct Node { public Grow<int> Next; } public struct Grow<T> { public T Item; public Grow<Grow<T>> More; }")]
    [InlineData("public struct Node { public Grow<int> Next; } public struct Grow<T> { public T Item; public Grow<(T, T)> More; }")]
    [InlineData(
        "public struct Node { public One<int> Next; } public struct One<T> { public Two<One<T>> A; } public struct Two<T> { public One<Two<T>> B; }"
    )]
    [InlineData("public struct Node { public Many A; } [InlineArray(2)] public struct Many { private Node _first; }")]
    [InlineData("[InlineArray(2)] public struct Node { private Node _first; }")]
    [InlineData("public struct Node { public Node? Next; public uint A; }")]
    [InlineData("public struct Node { public (Node, uint) Next; }")]
    [InlineData("public struct Node { public Node Next { get; set; } public bool Flag; }")]
    [InlineData(
        "[StructLayout(LayoutKind.Explicit)] public struct Node { [FieldOffset(0)] public Node Next; [FieldOffset(0)] public uint A; }"
    )]
    public async Task StructThatContainsItself_IsTheCompilersAffair(string node)
    {
        string[] uses =
        [
            "[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(Node), MaxEntries = 16)] public sealed partial class Map;",
            "[BpfMap(Type = BpfMapType.Hash, Key = typeof(Node), Value = typeof(uint), MaxEntries = 16)] public sealed partial class Map;",
            "[BpfMap(Type = BpfMapType.LpmTrie, Key = typeof(LpmKey<Node>), Value = typeof(uint), MaxEntries = 16)] public sealed partial class Map;",
            "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 16)] public struct Stats { public Node Node; public ulong Count; } static class User { public static StatsMap Map => StatsMap.Create(); }",
            "[BpfMap(Type = BpfMapType.RingBuf, Value = typeof(Node), MaxEntries = 4096)] public sealed partial class Map; static class User { public static Map Map => Map.Create(); }",
        ];
        foreach (string use in uses)
        {
            string[] ids = await Diagnose.Ids(Usings + node + use);
            Assert.NotEmpty(ids);
            Assert.All(ids, static id => Assert.Equal("CS0523", id));
        }
    }

    [Fact]
    public async Task StructThatIsItsOwnValue_IsTheCompilersAffair()
    {
        string[] ids = await Diagnose.Ids(
            Usings
                + "[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 16)] public struct Node { public ulong A; public Node Next; } static class User { public static NodeMap Map => NodeMap.Create(); }"
        );
        Assert.Equal(["CS0523"], ids);
    }

    [Theory]
    [InlineData("public struct Node { public ulong A; public static Node Root; }")]
    [InlineData("public struct Node { public ulong A; public static Wrap<Node> Root; } public struct Wrap<T> { public T Item; }")]
    [InlineData("public struct Node { public Id<Node> Id; } public struct Id<T> { public ulong Number; }")]
    [InlineData("public struct Node { public Pair<Pair<Pair<uint>>> Items; } public struct Pair<T> { public T First, Second; }")]
    [InlineData("public struct Node { public Outer<uint>.Inner Item; } public struct Outer<T> { public struct Inner { public T Item; } }")]
    [InlineData(
        "public struct Node { public Int128 A; public UInt128 B; public ulong C; public double D; public float E, F; public ulong G; }"
    )]
    public async Task StructThatDoesNotContainItself_IsNoCycle(string node) =>
        Assert.Empty(
            await Diagnose.Ids(
                Usings
                    + node
                    + "[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(Node), MaxEntries = 16)] public sealed partial class Map;"
            )
        );

    [Fact]
    public async Task CycleBesideAnotherError_HidesNeither()
    {
        string[] ids = await Diagnose.Ids(
            Usings
                + """
                public struct Node { public Node Next; }
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(Node), MaxEntries = 0)] public sealed partial class Map;
                """
        );
        Assert.Equal(["CS0523", "BPFMAP016"], ids);
    }
}
