using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Tuples, whose layout the .NET runtime may change, in all spellings.</summary>
public sealed class TupleTests
{
    private const string Usings =
        "using System; using System.Collections.Generic; using System.Runtime.CompilerServices; using System.Runtime.InteropServices; using BpfMaps; using Pair = (int First, long Second);\n";

    [Theory]
    [InlineData("(int, long)")]
    [InlineData("(int First, long Second)")]
    [InlineData("(uint, uint)")]
    [InlineData("(int, (byte, long))")]
    [InlineData("(int, int, int, int, int, int, int, int, int)")]
    [InlineData("Pair")]
    [InlineData("ValueTuple<int, long>")]
    [InlineData("ValueTuple<int>")]
    [InlineData("ValueTuple")]
    [InlineData("KeyValuePair<int, long>")]
    [InlineData("DateOnly")]
    [InlineData("TimeOnly")]
    [InlineData("DateTimeOffset")]
    [InlineData("System.Numerics.Vector3")]
    [InlineData("Index")]
    public async Task LayoutOfTheRuntimesChoice_IsReportedWhereverItStands(string type)
    {
        foreach (
            string declaration in new[]
            {
                $"[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof({type}))] public sealed partial class Map;",
                $"[BpfMap(Type = BpfMapType.Hash, Key = typeof({type}), Value = typeof(uint))] public sealed partial class Map;",
                $"[BpfMap(Type = BpfMapType.RingBuf, Value = typeof({type}))] public sealed partial class Map;",
                $"[BpfMap(Type = BpfMapType.LpmTrie, Key = typeof(LpmKey<{type}>), Value = typeof(uint))] public sealed partial class Map;",
                $"[BpfMap(Type = BpfMapType.PerCpuArray)] public struct Value {{ public ulong A; public {type} B; }}",
                $"[BpfMap(Type = BpfMapType.Array)] public struct Value {{ public Wrap<{type}> B; }} public struct Wrap<T> {{ public T Item; }}",
                $"[BpfMap(Type = BpfMapType.Array)] public struct Value {{ public Four B; }} [InlineArray(4)] public struct Four {{ private {type} _first; }}",
                $"[BpfMap(Type = BpfMapType.Array)] public struct Value {{ public Four<{type}> B; }} [InlineArray(4)] public struct Four<T> {{ private T _first; }}",
                $"[BpfMap(Type = BpfMapType.Array)] public record struct Value({type} B);",
                $"[BpfMap(Type = BpfMapType.Array)] public struct Value {{ public {type} B {{ get; set; }} }}",
            }
        )
        {
            Assert.Equal(["BPFMAP022"], await Diagnose.Ids(Usings + declaration));
        }
    }

    [Fact]
    public async Task NullableTuple_IsReported() =>
        Assert.Equal(
            ["BPFMAP021"],
            await Diagnose.Ids(Usings + "[BpfMap(Type = BpfMapType.Array)] public struct Value { public (int, long)? B; }")
        );

    [Fact]
    public async Task Tuple_IsCalledOne() =>
        Assert.Equal(
            [
                "BPFMAP022 at User.cs: '(int, long)' is of type '(int, long)', but the runtime may reorder the elements of a tuple; declare a struct",
            ],
            await Diagnose.Everything(
                Usings
                    + "[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof((int, long)))] public sealed partial class Map;"
            )
        );

    [Fact]
    public async Task AutoLayoutOfAGenericArgument_IsReported() =>
        Assert.Equal(
            ["BPFMAP023"],
            await Diagnose.Ids(
                Usings
                    + """
                    [StructLayout(LayoutKind.Auto)] public struct Auto { public uint A; }
                    public struct Wrap<T> { public T Item; }
                    [BpfMap(Type = BpfMapType.Array)] public struct Value { public Wrap<Auto> B; }
                    """
            )
        );
}
