using System.Globalization;
using System.Text;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Types with many fields, and types that use others many times.</summary>
public sealed class LargeTypeTests
{
    private const string Usings = "using System; using System.Runtime.CompilerServices; using BpfMaps;\n";

    [Theory]
    [InlineData(16)]
    [InlineData(60)]
    public async Task StructsThatShareTheirParts_AreRefusedInOneSentence(int levels)
    {
        string source =
            Usings
            + Levels(levels, 2)
            + $"[BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(uint), Value = typeof(S{levels}))] public sealed partial class Map;";
        string all = Assert.Single(await Diagnose.Everything(source));
        Assert.StartsWith(
            "BPFMAP021 at User.cs: 'S14' cannot be shared with the kernel because it has 16384 fields, including those of nested structs, but at most 8192 are supported",
            all,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task StructsNestedTooDeep_AreRefused()
    {
        string source =
            Usings
            + Levels(3000, 1)
            + "[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(S3000))] public sealed partial class Map;";
        Assert.Equal(
            ["BPFMAP021 at User.cs: 'S3000' cannot be shared with the kernel because its types are nested deeper than 64 levels"],
            await Diagnose.Everything(source)
        );
    }

    [Fact]
    public async Task DepthsThatAddUp_AreRefused()
    {
        // No walk exceeds 40 levels, because it stops at types that are already known.
        StringBuilder source = new(Usings + Levels(40, 1) + "public struct T0 { public S40 First; } ");
        for (int i = 1; i <= 40; i++)
            source.Append(CultureInfo.InvariantCulture, $"public struct T{i} {{ public T{i - 1} First; }} ");
        source.Append(
            "public struct Both { public S40 A; public T40 B; } [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(Both))] public sealed partial class Map;"
        );
        Assert.Equal(["BPFMAP021"], await Diagnose.Ids(source.ToString()));
    }

    [Fact]
    public async Task ThirtyLevels_AreNotReported() =>
        Assert.Empty(
            await Diagnose.Ids(
                Usings
                    + Levels(30, 1)
                    + "[BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(uint), Value = typeof(S30))] public sealed partial class Map;"
            )
        );

    [Fact]
    public async Task FiveThousandFields_AreNotReported()
    {
        string fields = string.Join(' ', Enumerable.Range(0, 5000).Select(static i => $"public uint F{i};"));
        Assert.Empty(
            await Diagnose.Ids(Usings + $"[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 1)] public struct Large {{ {fields} }}")
        );
    }

    [Fact]
    public async Task HugeInlineArray_IsRefused()
    {
        string all = Assert.Single(
            await Diagnose.Everything(
                Usings
                    + """
                    [InlineArray(1 << 29)] public struct Huge { private byte _first; }
                    [BpfMap(Type = BpfMapType.Array)] public struct Value { public Huge Huge; }
                    """
            )
        );
        Assert.Equal(
            "BPFMAP021 at User.cs: 'Huge' cannot be shared with the kernel because it is larger than the .NET runtime can load",
            all
        );
    }

    [Fact]
    public async Task MessageOfManyFields_NamesTheFirst()
    {
        string fields = string.Join(' ', Enumerable.Range(0, 100).Select(static i => $"public uint F{i};"));
        string message = Assert.Single(
            await Diagnose.Everything(
                Usings + $"[BpfMap(Type = BpfMapType.Array, MaxEntries = 1, ValueSize = 4)] public struct Large {{ {fields} }}"
            )
        );
        Assert.EndsWith("F15 at 60 (4 bytes), and 84 more", message, StringComparison.Ordinal);
    }

    private static string Levels(int levels, int fields)
    {
        StringBuilder source = new("public struct S0 { public ulong A; } ");
        for (int level = 1; level <= levels; level++)
        {
            source.Append(CultureInfo.InvariantCulture, $"public struct S{level} {{ ");
            for (int field = 0; field < fields; field++)
                source.Append(CultureInfo.InvariantCulture, $"public S{level - 1} F{field}; ");
            source.Append("} ");
        }
        return source.ToString();
    }
}
