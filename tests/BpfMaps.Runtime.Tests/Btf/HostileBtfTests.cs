using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests that hostile BTF is rejected quickly and without using much memory.</summary>
public sealed class HostileBtfTests
{
    [Fact]
    public void StructThatContainsItself_IsRejected()
    {
        CraftedBtf crafted = new();
        uint record = crafted.Struct("record", 8, ("again", 1, 0));
        Assert.Contains("contains itself", Refused(crafted, record), StringComparison.Ordinal);
    }

    [Fact]
    public void RecursiveTypedef_IsRejected()
    {
        CraftedBtf crafted = new();
        crafted.Add(BtfKind.Typedef, "a", 2);
        uint second = crafted.Add(BtfKind.Typedef, "b", 1);
        Assert.Contains("contains itself", Refused(crafted, second), StringComparison.Ordinal);
    }

    [Fact]
    public void RecursiveArray_IsRejected()
    {
        CraftedBtf crafted = new();
        uint array = crafted.Add(BtfKind.Array, "", 0, entries: [1, 1, 2]);
        Assert.Contains("contains itself", Refused(crafted, array), StringComparison.Ordinal);
    }

    // Found by the first run of the mutation tests.
    [Fact]
    public void IntegerOfOldCompilersAtAnOffsetInAUnion_IsRejected()
    {
        CraftedBtf crafted = new();
        uint shifted = crafted.Add(BtfKind.Int, "unsigned int", 4, entries: 16 << 16 | 8);
        uint union = crafted.Add(BtfKind.Union, "either", 4, 1, false, crafted.Text("a"), shifted, 0);
        Assert.Contains("the members of a union are at 0", Refused(crafted, union), StringComparison.Ordinal);
    }

    [Fact]
    public void StructWithAPointerToItself_IsAccepted()
    {
        CraftedBtf crafted = new();
        uint pointer = crafted.Add(BtfKind.Pointer, "", 2);
        uint node = crafted.Struct("node", 8, ("next", pointer, 0));
        Assert.Equal("node (8 bytes): next u64 @0", crafted.Parse().GetLayout(node).ToString());
    }

    [Fact]
    public void TypeUsedTwiceOnEveryLevel_IsDescribedOnce()
    {
        CraftedBtf crafted = new();
        uint type = crafted.Add(BtfKind.Struct, "level", 0, 0);
        for (int level = 0; level < 30; level++)
            type = crafted.Struct("level", 0, ("a", type, 0), ("b", type, 0));
        Assert.Equal(0, crafted.Parse().GetLayout(type).Size);
    }

    [Fact]
    public void ArrayLargerThanAnyMap_HasNoLayout()
    {
        CraftedBtf crafted = new();
        uint number = crafted.Int("long", 8);
        uint inner = crafted.Add(BtfKind.Array, "", 0, entries: [number, number, uint.MaxValue]);
        uint outer = crafted.Add(BtfKind.Array, "", 0, entries: [inner, number, uint.MaxValue]);
        Assert.Contains("more than any map holds", Refused(crafted, outer), StringComparison.Ordinal);
        Assert.Contains("more than any map holds", Refused(crafted, inner), StringComparison.Ordinal);
    }

    [Fact]
    public void StructThatClaimsToBeHuge_UsesNoMemory()
    {
        CraftedBtf crafted = new();
        uint number = crafted.Int("int", 4);
        uint record = crafted.Struct("record", 1 << 30, ("a", number, 0));
        uint tooLarge = crafted.Struct("record", uint.MaxValue, ("a", number, 0));
        Btf btf = crafted.Parse();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(1 << 30, btf.GetLayout(record).Size);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.False(btf.TryGetLayout(tooLarge, out _, out _));
    }

    [Fact]
    public void UnnamedStructWithManyTypedefs_IsNotDescribedForEach()
    {
        CraftedBtf crafted = new();
        uint number = crafted.Int("char", 1);
        uint nameless = crafted.Struct("", 20_000, [.. Enumerable.Range(0, 20_000).Select(index => ("", number, (uint)index * 8))]);
        uint[] typedefs = [.. Enumerable.Range(0, 20_000).Select(index => crafted.Add(BtfKind.Typedef, $"t{index}", nameless))];
        uint all = crafted.Add(
            BtfKind.Union,
            "all",
            20_000,
            typedefs.Length,
            false,
            [.. typedefs.SelectMany(typedef => (uint[])[0, typedef, 0])]
        );
        Assert.Contains("one description too many", Refused(crafted, all), StringComparison.Ordinal);
    }

    [Fact]
    public void TooManyNamesThatShareTheirEnding_AreRejected()
    {
        CraftedBtf crafted = new();
        uint start = crafted.Text(new string('n', 510));
        for (int index = 0; index < 50_000; index++)
            crafted.AddAt(BtfKind.Float, start + (uint)index % 100, 4, 0, false);
        Assert.Contains("times as many bytes", Assert.Throws<BpfFormatException>(() => crafted.Parse()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NameWithoutAnEnd_IsRejected()
    {
        CraftedBtf crafted = new();
        crafted.Int(new string('n', 512), 4);
        Assert.Contains(
            "has more than 511 bytes",
            Assert.Throws<BpfFormatException>(() => crafted.Parse()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void TruncatedObject_IsReadOrRejected()
    {
        byte[] bytes = Require.Clang().Compile("maps.bpf.c");
        for (int length = 0; length < bytes.Length; length++)
        {
            BpfFormatException exception = Assert.Throws<BpfFormatException>(() =>
                BpfObjectFile.Parse(bytes.AsSpan(0, length), "cut.bpf.o")
            );
            Assert.InRange(exception.Offset, 0, length);
        }
    }

    private static string Refused(CraftedBtf crafted, uint id)
    {
        Btf btf = crafted.Parse();
        return Assert.Throws<BpfFormatException>(() => btf.GetLayout(id)).Message;
    }
}
