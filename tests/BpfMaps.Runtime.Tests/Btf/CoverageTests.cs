using BpfMaps.Metadata;
using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Padding and fields of types that claim to be large, found without going through every byte.</summary>
public sealed class CoverageTests
{
    private static readonly BpfTypeLayout[] s_scalars =
    [
        BpfTypeLayout.Of<byte>(),
        BpfTypeLayout.Of<ushort>(),
        BpfTypeLayout.Of<uint>(),
        BpfTypeLayout.Of<ulong>(),
    ];

    private static readonly Gen<BpfTypeLayout> s_scalar = Gen.Int[0, 3].Select(static index => s_scalars[index]);

    [Fact]
    public void Padding_IsWhatABytewiseWalkFinds() =>
        Composite(3)
            .Sample(type =>
            {
                bool[] covered = new bool[type.Size];
                Cover(type, covered);
                List<(int, int)> expected = [];
                for (int start = 0; start < covered.Length; start++)
                {
                    int end = start;
                    while (end < covered.Length && !covered[end])
                        end++;
                    if (end > start)
                        expected.Add((start, end));
                    start = end;
                }
                Assert.Equal(expected, type.Padding.ToArray().Select(static run => (run.Offset, run.End)));
                Assert.Equal(expected.Count != 0, type.HasPadding);
            });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HugeArray_CostsNoMemory(bool hasPadding)
    {
        BpfTypeLayout element = BpfTypeLayout.Struct(
            "pair",
            2,
            1,
            hasPadding
                ? [new("a", 0, BpfTypeLayout.Of<byte>())]
                : [new("a", 0, BpfTypeLayout.Of<byte>()), new("b", 1, BpfTypeLayout.Of<byte>())]
        );
        BpfTypeLayout huge = BpfTypeLayout.Struct("huge", 1 << 30, 1, new BpfFieldLayout("all", 0, element, 1 << 29));
        BpfTypeLayout other = BpfTypeLayout.Struct("other", 1 << 30, 1, new BpfFieldLayout("all", 0, element, 1 << 29));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(hasPadding, huge.HasPadding);
        Assert.Empty(LayoutComparison.Compare(huge, other));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void TypesThatShareTypes_AreNotWalkedAsATree()
    {
        BpfTypeLayout level = BpfTypeLayout.Struct("leaf", 1, 1, new BpfFieldLayout("a", 0, BpfTypeLayout.Of<byte>()));
        for (int depth = 0; depth < 28; depth++)
            level = BpfTypeLayout.Struct(
                "level",
                level.Size * 2,
                1,
                new BpfFieldLayout("left", 0, level),
                new BpfFieldLayout("right", level.Size, level)
            );

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(level.HasPadding);
        Assert.Equal(1 << 28, level.LeafCount);
        Assert.Empty(LayoutComparison.Compare(level, level));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void ElementsWithoutFields_AreNotWalked()
    {
        BpfTypeLayout hollow = BpfTypeLayout.Struct("hollow", 1, 1);
        BpfTypeLayout nested = BpfTypeLayout.Struct("nested", 1 << 10, 1, new BpfFieldLayout("all", 0, hollow, 1 << 10));
        BpfTypeLayout huge = BpfTypeLayout.Struct("huge", 1 << 30, 1, new BpfFieldLayout("all", 0, nested, 1 << 20));
        Assert.Empty(LayoutComparison.Compare(huge, BpfTypeLayout.Struct("huge", 1 << 30, 1)));
        Assert.True(huge.HasPadding);
        Assert.Equal([(0, 1 << 30)], huge.Padding.ToArray().Select(static run => (run.Offset, run.End)));
    }

    [Fact]
    public void DifferenceAmongTheFirstFields_IsFoundInAHugeArray()
    {
        BpfTypeLayout mine = BpfTypeLayout.Struct(
            "pair",
            8,
            4,
            new("a", 0, BpfTypeLayout.Of<uint>()),
            new("b", 4, BpfTypeLayout.Of<uint>())
        );
        BpfTypeLayout theirs = BpfTypeLayout.Struct(
            "pair",
            8,
            4,
            new("a", 0, BpfTypeLayout.Of<uint>()),
            new("b", 4, BpfTypeLayout.Of<int>())
        );
        Assert.Contains(
            LayoutComparison.Compare(Array(mine), Array(theirs)),
            static difference =>
                difference
                    is {
                        Kind: LayoutDifferenceKind.Meaning,
                        Message: "at offset 4, field 'all[0].b' is u32 (4 bytes), 'all[0].b' is s32 (4 bytes)"
                    }
        );

        static BpfTypeLayout Array(BpfTypeLayout element) =>
            BpfTypeLayout.Struct("array", 1 << 23, 4, new BpfFieldLayout("all", 0, element, 1 << 20));
    }

    private static Gen<BpfTypeLayout> Composite(int depth)
    {
        Gen<BpfTypeLayout> inner = depth == 0 ? s_scalar : Gen.OneOf(s_scalar, Composite(depth - 1));
        Gen<(BpfTypeLayout Type, int Count, int Gap)> field = Gen.Select(inner, Gen.Int[0, 3], Gen.Int[0, 2]);
        return Gen.Select(
            field.List[0, 4],
            Gen.Int[0, 2],
            Gen.Bool,
            (fields, tail, isUnion) =>
            {
                List<BpfFieldLayout> placed = [];
                int end = 0;
                foreach ((BpfTypeLayout type, int count, int gap) in fields)
                {
                    placed.Add(new BpfFieldLayout("f", isUnion ? 0 : end + gap, type, count));
                    end = Math.Max(end, placed[^1].Offset + placed[^1].Size);
                }
                BpfFieldLayout[] all = [.. placed];
                return isUnion ? BpfTypeLayout.Union("U", end + tail, 1, all) : BpfTypeLayout.Struct("S", end + tail, 1, all);
            }
        );
    }

    private static void Cover(BpfTypeLayout type, Span<bool> covered)
    {
        if (type.Kind is not (BpfTypeKind.Struct or BpfTypeKind.Union))
            covered.Fill(true);
        foreach (BpfFieldLayout field in type.Fields)
        {
            for (int element = 0; element < Math.Max(field.Count, 1); element++)
                Cover(field.Type, covered.Slice(field.Offset + element * field.Type.Size, field.Type.Size));
        }
    }
}
