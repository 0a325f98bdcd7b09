using BpfMaps.Metadata;
using CsCheck;

namespace BpfMaps.Tests;

public class BpfTypeLayoutTests
{
    private static readonly BpfTypeLayout s_padded = BpfTypeLayout.Struct(
        "Padded",
        16,
        8,
        new("Kind", 0, BpfTypeLayout.Of<byte>()),
        new("Port", 2, BpfTypeLayout.Of<ushort>()),
        new("Bytes", 8, BpfTypeLayout.Of<ulong>())
    );

    [Fact]
    public void FieldsWithoutGaps_HaveNoPadding()
    {
        BpfTypeLayout flow = BpfTypeLayout.Struct(
            "Flow",
            16,
            8,
            new("Packets", 0, BpfTypeLayout.Of<ulong>()),
            new("Bytes", 8, BpfTypeLayout.Of<ulong>())
        );
        Assert.False(flow.HasPadding);
        Assert.Equal(0, flow.Padding.Length);
        Assert.False(BpfTypeLayout.Of<System.UInt128>().HasPadding);
    }

    [Fact]
    public void GapsInsideAndAtTheEnd_AreTheRunsBetweenTheFields() =>
        Assert.Equal([new PaddingRun(1, 1), new PaddingRun(4, 4)], s_padded.Padding.ToArray());

    [Fact]
    public void PaddingOfNestedTypesAndElements_IsIncluded()
    {
        BpfTypeLayout outer = BpfTypeLayout.Struct(
            "Outer",
            56,
            8,
            new("Inner", 0, s_padded),
            new("Many", 16, s_padded, 2),
            new("Tail", 48, BpfTypeLayout.Of<int>())
        );
        Assert.Equal([new(1, 1), new(4, 4), new(17, 1), new(20, 4), new(33, 1), new(36, 4), new(52, 4)], outer.Padding.ToArray());
    }

    [Fact]
    public void BytesOfAnyUnionMember_AreNotPadding()
    {
        BpfTypeLayout union = BpfTypeLayout.Union(
            "Either",
            16,
            8,
            new("Padded", 0, s_padded),
            new("Word", 0, BpfTypeLayout.Of<uint>()),
            new("Long", 0, BpfTypeLayout.Of<ulong>())
        );
        Assert.False(union.HasPadding);

        BpfTypeLayout shorter = BpfTypeLayout.Union("Either", 16, 8, new("Padded", 0, s_padded), new("Word", 0, BpfTypeLayout.Of<uint>()));
        Assert.Equal([new PaddingRun(4, 4)], shorter.Padding.ToArray());
    }

    [Fact]
    public void EmptyStruct_IsOnlyPadding() => Assert.Equal([new PaddingRun(0, 1)], BpfTypeLayout.Struct("Empty", 1, 1).Padding.ToArray());

    [Fact]
    public void RandomFields_HaveTheUncoveredBytesAsPadding()
    {
        BpfTypeLayout[] scalars =
        [
            BpfTypeLayout.Of<byte>(),
            BpfTypeLayout.Of<ushort>(),
            BpfTypeLayout.Of<int>(),
            BpfTypeLayout.Of<double>(),
        ];
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 3])
            .Array[0, 6]
            .Sample(picks =>
            {
                BpfFieldLayout[] fields =
                [
                    .. picks.Select((pick, index) => new BpfFieldLayout($"F{index}", pick.Item1, scalars[pick.Item2], pick.Item3)),
                ];
                BpfTypeLayout layout = BpfTypeLayout.Struct("Random", 80, 1, fields);
                HashSet<int> padding =
                [
                    .. Enumerable.Range(0, 80).Where(at => !fields.Any(field => field.Offset <= at && at < field.Offset + field.Size)),
                ];
                HashSet<int> found = [];
                foreach (PaddingRun run in layout.Padding)
                {
                    for (int at = run.Offset; at < run.Offset + run.Length; at++)
                        Assert.True(found.Add(at), $"byte {at} is in two padding runs");
                }
                Assert.Equal(padding, found);
            });
    }

    [Fact]
    public void Text_ContainsSizeFieldsTypesAndOffsets()
    {
        BpfTypeLayout layout = BpfTypeLayout.Struct(
            "FlowStats",
            40,
            8,
            new("Packets", 0, BpfTypeLayout.Of<ulong>()),
            new("Delta", 8, BpfTypeLayout.Of<int>()),
            new("Comm", 12, BpfTypeLayout.Char8, 16),
            new("Rate", 32, BpfTypeLayout.Of<double>())
        );
        Assert.Equal("FlowStats (40 bytes): Packets u64 @0, Delta s32 @8, Comm char[16] @12, Rate double @32", layout.ToString());
        Assert.Equal("__u8 (1 byte)", BpfTypeLayout.Of<byte>().ToString());
    }

    [Fact]
    public void FieldsThatDoNotFit_AreRejected()
    {
        Assert.Contains(
            "exceeds it",
            Assert
                .Throws<ArgumentException>(() => BpfTypeLayout.Struct("S", 4, 4, new BpfFieldLayout("A", 0, BpfTypeLayout.Of<byte>(), 5)))
                .Message
        );
        Assert.Contains(
            "start of the union",
            Assert
                .Throws<ArgumentException>(() => BpfTypeLayout.Union("U", 8, 4, new BpfFieldLayout("A", 4, BpfTypeLayout.Of<uint>())))
                .Message
        );
        Assert.Throws<ArgumentException>(() => BpfTypeLayout.Scalar("struct", BpfTypeKind.Struct, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => BpfTypeLayout.Scalar("odd", BpfTypeKind.Unsigned, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BpfFieldLayout("A", -1, BpfTypeLayout.Of<byte>()));
    }
}
