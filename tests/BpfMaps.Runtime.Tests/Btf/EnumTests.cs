using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Constants of enumerations, with all of their bits.</summary>
public sealed class EnumTests
{
    [Theory]
    [InlineData(false, 0xffff_ffff_0000_0001ul, BpfTypeKind.Enum, "base=u64", "18446744069414584321")]
    [InlineData(true, 0xffff_ffff_ffff_fffeul, BpfTypeKind.SignedEnum, "base=s64", "-2")]
    [InlineData(true, 0x8000_0000_0000_0000ul, BpfTypeKind.SignedEnum, "base=s64", "-9223372036854775808")]
    public void ConstantOf64Bits_IsWhole(bool isSigned, ulong bits, BpfTypeKind kind, string number, string written)
    {
        CraftedBtf crafted = new();
        uint id = crafted.Add(BtfKind.Enum64, "wide", 8, 1, isSigned, crafted.Text("LARGE"), (uint)bits, (uint)(bits >> 32));
        BpfTypeLayout layout = crafted.Parse().GetLayout(id);
        Assert.Equal((kind, (long)bits), (layout.Kind, Assert.Single(layout.EnumMembers).Value));
        Assert.False(layout.HasCutConstants);
        Assert.Contains(
            $"type enum:wide {number}\n  value LARGE {written}\n",
            LayoutWriter.Write(BpfObjectFile.Parse(CraftedObject.With(crafted), "crafted.bpf.o")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ConstantsThatTheCompilerCut_AreSaidToBe()
    {
        CraftedBtf crafted = new();
        crafted.Add(BtfKind.Enum, "wide", 8, 1, false, crafted.Text("LARGE"), 0x3456_7890);
        crafted.Add(BtfKind.Enum, "small", 4, 1, false, crafted.Text("SMALL"), 1);
        string layout = LayoutWriter.Write(BpfObjectFile.Parse(CraftedObject.With(crafted), "crafted.bpf.o"));
        Assert.Contains(
            "type enum:small base=u32\n  value SMALL 1\ntype enum:wide base=u64\n  remark its constants have 64 bits, and the compiler wrote 32 of each",
            layout,
            StringComparison.Ordinal
        );
    }
}
