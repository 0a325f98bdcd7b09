using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public class LayoutComparisonTests
{
    private static readonly BpfTypeLayout s_flow = BpfTypeLayout.Struct(
        "FlowStats",
        24,
        8,
        new("Packets", 0, BpfTypeLayout.Of<ulong>()),
        new("Bytes", 8, BpfTypeLayout.Of<ulong>()),
        new("Comm", 16, BpfTypeLayout.Char8, 8)
    );

    [Fact]
    public void OtherNamesAndOtherNesting_AreNotDifferences()
    {
        BpfTypeLayout counters = BpfTypeLayout.Struct(
            "counters",
            16,
            8,
            new("packets", 0, BpfTypeLayout.Of<ulong>()),
            new("octets", 8, BpfTypeLayout.Of<ulong>())
        );
        BpfTypeLayout kernel = BpfTypeLayout.Struct(
            "flow_stats",
            24,
            8,
            new("counters", 0, counters),
            new("comm", 16, BpfTypeLayout.Char8, 8)
        );
        Assert.Empty(LayoutComparison.Compare(s_flow, kernel));
    }

    [Fact]
    public void MovedField_IsReportedWithBothOffsets()
    {
        BpfTypeLayout declared = BpfTypeLayout.Struct(
            "FlowStats",
            24,
            8,
            new("Packets", 0, BpfTypeLayout.Of<ulong>()),
            new("Bytes", 16, BpfTypeLayout.Of<ulong>())
        );
        BpfTypeLayout kernel = BpfTypeLayout.Struct(
            "flow_stats",
            16,
            8,
            new("packets", 0, BpfTypeLayout.Of<ulong>()),
            new("bytes", 8, BpfTypeLayout.Of<ulong>())
        );
        List<LayoutDifference> differences = LayoutComparison.Compare(declared, kernel);
        Assert.Equal([LayoutDifferenceKind.TotalSize, LayoutDifferenceKind.Offset], differences.Select(difference => difference.Kind));
        Assert.Equal("'FlowStats' is 24 bytes, 'flow_stats' is 16", differences[0].Message);
        Assert.Equal("field 'Bytes' (u64) is at offset 16, 'bytes' (u64) is at 8", differences[1].Message);
    }

    [Fact]
    public void TypesOfNoBytes_AreNothing()
    {
        BpfTypeLayout empty = BpfTypeLayout.Union("", 0, 1);
        BpfTypeLayout kernel = BpfTypeLayout.Struct(
            "hollow",
            8,
            4,
            new("a", 0, BpfTypeLayout.Of<uint>()),
            new("", 4, empty),
            new("many", 4, empty, int.MaxValue),
            new("b", 4, BpfTypeLayout.Of<uint>())
        );
        BpfTypeLayout declared = BpfTypeLayout.Struct(
            "Hollow",
            8,
            4,
            new("A", 0, BpfTypeLayout.Of<uint>()),
            new("B", 4, BpfTypeLayout.Of<uint>())
        );
        Assert.Empty(LayoutComparison.Compare(declared, kernel));
        Assert.Empty(LayoutComparison.Compare(kernel, declared));
        Assert.False(kernel.HasPadding);
    }

    [Fact]
    public void EveryDifference_IsListed()
    {
        BpfTypeLayout kernel = BpfTypeLayout.Struct(
            "flow_stats",
            24,
            8,
            new("packets", 0, BpfTypeLayout.Of<uint>()),
            new("bytes", 8, BpfTypeLayout.Of<long>()),
            new("comm", 16, BpfTypeLayout.Char8, 4),
            new("extra", 20, BpfTypeLayout.Of<uint>())
        );
        List<LayoutDifference> differences = LayoutComparison.Compare(s_flow, kernel);
        Assert.Equal(
            [LayoutDifferenceKind.Size, LayoutDifferenceKind.Meaning, LayoutDifferenceKind.Count, LayoutDifferenceKind.Missing],
            differences.Select(difference => difference.Kind)
        );
        Assert.Equal("at offset 0, field 'Packets' is u64 (8 bytes), 'packets' is u32 (4 bytes)", differences[0].Message);
        Assert.Equal("at offset 8, field 'Bytes' is u64 (8 bytes), 'bytes' is s64 (8 bytes)", differences[1].Message);
        Assert.Equal("at offset 16, field 'Comm' is char[8] (8 bytes), 'comm' is char[4] (4 bytes)", differences[2].Message);
        Assert.Equal("field 'extra' (u32 at offset 20) is not declared in C#", differences[3].Message);
    }

    [Theory]
    [InlineData(BpfTypeKind.Unsigned, BpfTypeKind.Signed, false)]
    [InlineData(BpfTypeKind.Unsigned, BpfTypeKind.Float, false)]
    [InlineData(BpfTypeKind.SignedEnum, BpfTypeKind.Enum, true)]
    [InlineData(BpfTypeKind.SignedEnum, BpfTypeKind.Unsigned, true)]
    [InlineData(BpfTypeKind.Signed, BpfTypeKind.Signed, true)]
    public void Kinds_AreComparedBySignAndFloatingPoint(BpfTypeKind declared, BpfTypeKind actual, bool same)
    {
        List<LayoutDifference> differences = LayoutComparison.Compare(
            BpfTypeLayout.Scalar("A", declared, 4),
            BpfTypeLayout.Scalar("a", actual, 4)
        );
        Assert.Equal(same ? [] : [LayoutDifferenceKind.Meaning], differences.Select(difference => difference.Kind));
    }

    [Fact]
    public void TextAndBytes_AreEqual()
    {
        Assert.Empty(LayoutComparison.Compare(BpfTypeLayout.Char8, BpfTypeLayout.Of<sbyte>()));
        Assert.Empty(LayoutComparison.Compare(BpfTypeLayout.Char8, BpfTypeLayout.Of<byte>()));
    }

    [Fact]
    public void NamedPadding_IsNotADifference()
    {
        BpfTypeLayout declared = BpfTypeLayout.Struct(
            "Key",
            8,
            4,
            new("Address", 0, BpfTypeLayout.Of<uint>()),
            new("Port", 4, BpfTypeLayout.Of<ushort>()),
            new("_padding", 6, BpfTypeLayout.Of<ushort>())
        );
        BpfTypeLayout kernel = BpfTypeLayout.Struct(
            "key",
            8,
            4,
            new("address", 0, BpfTypeLayout.Of<uint>()),
            new BpfFieldLayout("port", 4, BpfTypeLayout.Of<ushort>())
        );
        Assert.Empty(LayoutComparison.Compare(declared, kernel));
        Assert.Equal(
            ["field '_padding' (u16 at offset 6) is not declared in C#"],
            LayoutComparison.Compare(kernel, declared).Select(difference => difference.Message)
        );
    }

    [Fact]
    public void ByteArraysOfTheSameSize_AreEqual()
    {
        BpfTypeLayout declared = BpfTypeLayout.Struct(
            "Key",
            8,
            4,
            new("Length", 0, BpfTypeLayout.Of<uint>()),
            new("Address", 4, BpfTypeLayout.Of<uint>())
        );
        BpfTypeLayout kernel = BpfTypeLayout.Struct(
            "key",
            8,
            4,
            new("prefixlen", 0, BpfTypeLayout.Of<uint>()),
            new("data", 4, BpfTypeLayout.Of<byte>(), 4)
        );
        Assert.Empty(LayoutComparison.Compare(declared, kernel));
        Assert.Empty(LayoutComparison.Compare(kernel, declared));
    }

    [Fact]
    public void BytesOfAUnion_CanBeDeclaredAsAnyMember()
    {
        BpfTypeLayout union = BpfTypeLayout.Union(
            "addr",
            16,
            4,
            new("v4", 0, BpfTypeLayout.Of<uint>()),
            new("v6", 0, BpfTypeLayout.Of<byte>(), 16)
        );
        BpfTypeLayout kernel = BpfTypeLayout.Struct("key", 20, 4, new("addr", 0, union), new("family", 16, BpfTypeLayout.Of<uint>()));
        BpfTypeLayout asLongs = BpfTypeLayout.Struct(
            "Key",
            20,
            4,
            new("High", 0, BpfTypeLayout.Of<ulong>()),
            new("Low", 8, BpfTypeLayout.Of<ulong>()),
            new("Family", 16, BpfTypeLayout.Of<uint>())
        );
        Assert.Empty(LayoutComparison.Compare(asLongs, kernel));
        Assert.Empty(LayoutComparison.Compare(kernel, asLongs));
        Assert.Empty(LayoutComparison.Compare(kernel, kernel));

        BpfTypeLayout across = BpfTypeLayout.Struct(
            "Key",
            20,
            4,
            new("A", 0, BpfTypeLayout.Of<byte>(), 12),
            new("B", 12, BpfTypeLayout.Of<ulong>())
        );
        Assert.NotEmpty(LayoutComparison.Compare(across, kernel));
    }

    [Fact]
    public void FieldsOfArrayElements_AreReportedWithTheirIndex()
    {
        BpfTypeLayout declared = BpfTypeLayout.Struct("Slots", 16, 4, new BpfFieldLayout("Slot", 0, Pair(BpfTypeLayout.Of<uint>()), 2));
        BpfTypeLayout kernel = BpfTypeLayout.Struct("slots", 16, 4, new BpfFieldLayout("slot", 0, Pair(BpfTypeLayout.Of<int>()), 2));
        Assert.Contains(
            LayoutComparison.Compare(declared, kernel),
            difference => difference.Message.Contains("'Slot[1].B'", StringComparison.Ordinal)
        );

        static BpfTypeLayout Pair(BpfTypeLayout second) =>
            BpfTypeLayout.Struct("Pair", 8, 4, new("A", 0, BpfTypeLayout.Of<uint>()), new("B", 4, second));
    }

    [Fact]
    public void BitsThatShareStorage_CanBeDeclaredAsTheStorage()
    {
        BpfTypeLayout kernel = BpfTypeLayout.Struct(
            "header",
            16,
            8,
            BpfFieldLayout.Bitfield("version", 0, BpfTypeLayout.Of<uint>(), 0, 4),
            BpfFieldLayout.Bitfield("length", 0, BpfTypeLayout.Of<uint>(), 4, 12),
            new("port", 4, BpfTypeLayout.Of<ushort>()),
            BpfFieldLayout.Bitfield("flag", 6, BpfTypeLayout.Of<byte>(), 0, 1),
            BpfFieldLayout.Bitfield("wide", 8, BpfTypeLayout.Of<ulong>(), 0, 40)
        );
        BpfTypeLayout declared = BpfTypeLayout.Struct(
            "Header",
            16,
            8,
            new("VersionAndLength", 0, BpfTypeLayout.Of<uint>()),
            new("Port", 4, BpfTypeLayout.Of<ushort>()),
            new("Flag", 6, BpfTypeLayout.Of<byte>()),
            new("Wide", 8, BpfTypeLayout.Of<ulong>())
        );
        Assert.Empty(LayoutComparison.Compare(declared, kernel));
        Assert.Empty(LayoutComparison.Compare(kernel, kernel));

        BpfTypeLayout shifted = BpfTypeLayout.Struct(
            "Header",
            16,
            8,
            new("VersionAndLength", 0, BpfTypeLayout.Of<uint>()),
            new("Port", 4, BpfTypeLayout.Of<uint>()),
            new("Wide", 8, BpfTypeLayout.Of<ulong>())
        );
        Assert.Equal(
            [
                "at offset 4, field 'Port' is u32 (4 bytes), 'port' is u16 (2 bytes)",
                "field 'flag' (bits at offset 6) is not declared in C#",
            ],
            LayoutComparison.Compare(shifted, kernel).Select(difference => difference.Message)
        );
    }
}
