using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Which types a layout file lists although no map and no variable is of them.</summary>
public sealed class ListedTypeTests
{
    private static readonly string s_layout = LayoutWriter.Write(Fixture.Open("records"));

    [Fact]
    public void RecordsAndEnumerationsOfTheProgram_AreListed()
    {
        Assert.Contains(
            "type struct:event size=28 align=4\n  field 0 u32 pid\n  field 4 u16 kind\n  field 6 struct:range_t range\n  field 10 char[16] comm\n",
            s_layout,
            StringComparison.Ordinal
        );
        Assert.Contains("type struct:range_t size=4 align=2\n", s_layout, StringComparison.Ordinal);
        Assert.Contains("type enum:kinds base=u32\n  value KIND_OPEN 1\n  value KIND_CLOSE 2\n", s_layout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task_struct")]
    [InlineData("mm_struct")]
    [InlineData("xdp_md")]
    public void TypesOfTheKernel_AreListedWhenAskedForOnly(string name)
    {
        Assert.DoesNotContain($"struct:{name} ", s_layout, StringComparison.Ordinal);
        Assert.Contains($"type struct:{name} ", LayoutWriter.Write(Fixture.Open("records"), [name]), StringComparison.Ordinal);
    }

    [Fact]
    public void EnumerationIsFoundByItsConstant()
    {
        CraftedBtf crafted = new();
        crafted.Add(BtfKind.Enum, "", 4, 1, entries: [crafted.Text("MAX_LEN"), 64]);
        LayoutTypeTable table = new();
        Btf btf = crafted.Parse();
        Assert.Equal("enum:@MAX_LEN", table.Token(btf.GetLayout(1), "@MAX_LEN"));
    }

    [Fact]
    public void TooManyTypes_AreCounted()
    {
        const int count = 5000;
        CraftedBtf crafted = new();
        uint number = crafted.Int("unsigned int", 4);
        for (int index = 0; index < count; index++)
            crafted.Struct($"s{index}", 8, ("a", number, 0), ("b", number, 32));
        string[] lines = LayoutWriter.Write(BpfObjectFile.Parse(CraftedObject.With(crafted), "crafted.bpf.o")).Split('\n');
        int listed = lines.Count(static line => line.StartsWith("type struct:s", StringComparison.Ordinal));
        Assert.InRange(listed, 1000, 4000);
        Assert.Contains($"unlisted {count - listed}", lines);
    }
}
