extern alias generator;

using BpfMaps.Generators.Comparison;
using BpfMaps.Generators.Layouts;
using CsCheck;
using BpfTypeKind = generator::BpfMaps.Metadata.BpfTypeKind;
using Mine = BpfMaps.Generators.Comparison.LayoutComparison;
using MyDifference = generator::BpfMaps.Metadata.LeafDifference;
using Theirs = BpfMaps.Metadata.LayoutComparison;

namespace BpfMaps.Generators.Tests.Comparison;

/// <summary>The generator and the runtime library find the same differences.</summary>
public sealed class LayoutComparisonTests
{
    [Fact]
    public void RandomTypes_DifferWhereTheRuntimeSaysSo() =>
        Gen.Int.Sample(
            static seed =>
            {
                Random random = new(seed);
                Shape declared = Shape.Random(random, 0);
                Shape actual = random.Next(3) switch
                {
                    0 => Shape.Random(random, 0),
                    1 => declared.Mutate(random),
                    _ => declared.Mutate(random).Mutate(random).WithBitfields(random),
                };
                AssertSame(declared, actual);
            },
            iter: 20_000
        );

    [Fact]
    public void SameTypes_DoNotDiffer() =>
        Gen.Int.Sample(
            static seed =>
            {
                Shape shape = Shape.Random(new Random(seed), 0);
                Assert.Empty(Compare(shape, shape));
                AssertSame(shape, shape);
            },
            iter: 2_000
        );

    [Fact]
    public void LargeArrays_AreComparedByTheirFirstElements()
    {
        Shape pair = new(
            BpfTypeKind.Struct,
            8,
            [new("a", 0, Number(BpfTypeKind.Unsigned), 0), new("b", 4, Number(BpfTypeKind.Unsigned), 0)]
        );
        Shape other = pair with { Fields = [pair.Fields[0], pair.Fields[1] with { Type = Number(BpfTypeKind.Signed) }] };
        Assert.Empty(Compare(Array(pair), Array(pair)));
        List<MyDifference> differences = Compare(Array(pair), Array(other));
        Assert.Equal(LeafCollector.Most / 2, differences.Count);
        Assert.Equal("all[0].b", differences[0].Mine!.Path);

        static Shape Number(BpfTypeKind kind) => new(kind, 4, []);
        static Shape Array(Shape element) => new(BpfTypeKind.Struct, element.Size * 100_000_000, [new("all", 0, element, 100_000_000)]);
    }

    private static void AssertSame(Shape declared, Shape actual)
    {
        IEnumerable<string> expected = Theirs
            .Compare(declared.ToRuntime(), actual.ToRuntime())
            .Where(static d => d.Kind.ToString() != "TotalSize")
            .Select(static d => d.Kind.ToString());
        IEnumerable<string> found = Compare(declared, actual).Select(static d => d.Kind.ToString());
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static List<MyDifference> Compare(Shape declared, Shape actual)
    {
        Dictionary<string, LayoutType> types = new(StringComparer.Ordinal);
        LayoutTypeUse use = new(actual.ToObject(types), 0);
        return Mine.Compare(DeclaredLeaves.Of(declared.ToDeclared()), ObjectLeaves.Of(types, use));
    }
}
