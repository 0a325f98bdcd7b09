using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class BtfTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryKind_IsRead(bool isBigEndian)
    {
        CraftedBtf crafted = new();
        uint number = crafted.Int("int", 4, encoding: 1);
        uint pointer = crafted.Add(BtfKind.Pointer, "", number);
        uint array = crafted.Add(BtfKind.Array, "", 0, entries: [number, number, 5]);
        uint record = crafted.Struct("record", 8, ("a", number, 0), ("b", number, 32));
        uint union = crafted.Add(BtfKind.Union, "either", 4, 1, false, crafted.Text("only"), number, 0);
        uint small = crafted.Add(BtfKind.Enum, "small", 4, 2, true, crafted.Text("A"), 1, crafted.Text("B"), 0xffff_fffe);
        uint forward = crafted.Add(BtfKind.Forward, "later", 0, 0, true);
        uint typedef = crafted.Add(BtfKind.Typedef, "alias", record);
        uint tag = crafted.Add(
            BtfKind.TypeTag,
            "user",
            crafted.Add(BtfKind.Restrict, "", crafted.Add(BtfKind.Const, "", crafted.Add(BtfKind.Volatile, "", typedef)))
        );
        uint prototype = crafted.Add(BtfKind.FunctionPrototype, "", number, 1, false, crafted.Text("context"), pointer);
        uint function = crafted.Add(BtfKind.Function, "run", prototype, 1);
        uint variable = crafted.Add(BtfKind.Variable, "target", number, entries: 1);
        uint section = crafted.Add(BtfKind.DataSection, ".data", 12, 1, false, variable, 8, 4);
        uint real = crafted.Add(BtfKind.Float, "double", 8);
        uint declaration = crafted.Add(BtfKind.DeclarationTag, "note", record, entries: uint.MaxValue);
        uint wide = crafted.Add(BtfKind.Enum64, "wide", 8, 1, false, crafted.Text("C"), 1, 0x8000_0000);

        Btf btf = crafted.Parse(isBigEndian);
        Assert.Equal(isBigEndian, btf.IsBigEndian);
        Assert.Equal((int)wide + 1, btf.Count);
        Assert.True(btf[number] is { Kind: BtfKind.Int, Name: "int", Size: 4, IsSigned: true, IntegerBits: 32, IsBoolean: false });
        Assert.True(btf[pointer] is { Kind: BtfKind.Pointer, Size: 0 } && btf[pointer].TypeId == number);
        Assert.True(btf[array] is { ElementCount: 5 } && btf[array].TypeId == number);
        Assert.Equal([new("a", number, 0, 0), new("b", number, 32, 0)], btf[record].Members);
        Assert.Equal([new("only", number, 0, 0)], btf[union].Members);
        Assert.Equal([new("A", 1), new("B", -2)], btf[small].EnumMembers);
        Assert.True(btf[small].IsSigned);
        Assert.True(btf[forward] is { IsForwardUnion: true, TypeId: 0 });
        Assert.Equal("record (8 bytes): a s32 @0, b s32 @4", btf.GetLayout(tag).ToString());
        Assert.Equal([new("context", pointer)], btf[prototype].Parameters);
        Assert.True(btf[function] is { Linkage: 1 } && btf[function].TypeId == prototype);
        Assert.True(btf[variable] is { Linkage: 1, Name: "target" });
        Assert.Equal([new(variable, 8, 4)], btf[section].Variables);
        Assert.Equal(".data (12 bytes): target s32 @8", btf.GetLayout(section).ToString());
        Assert.Equal("double (8 bytes)", btf.GetLayout(real).ToString());
        Assert.Equal(-1, btf[declaration].ComponentIndex);
        Assert.Equal([new("C", unchecked((long)0x8000_0000_0000_0001))], btf[wide].EnumMembers);
        Assert.Equal(BpfTypeKind.Enum, btf.GetLayout(wide).Kind);
        Assert.True(btf[0] is { Kind: BtfKind.Void, Name: "void" });
        Assert.Equal(record, btf.Find(BtfKind.Struct, "record")!.Id);
        Assert.Null(btf.Find(BtfKind.Union, "record"));
        Assert.Throws<ArgumentOutOfRangeException>(() => btf[wide + 1]);
    }

    [Fact]
    public void BitfieldsOfOldCompilers_AreIntegersWithFewerBits()
    {
        CraftedBtf crafted = new();
        uint three = crafted.Add(BtfKind.Int, "unsigned int", 4, entries: 3);
        uint shifted = crafted.Add(BtfKind.Int, "unsigned int", 4, entries: 5 << 16 | 7);
        uint record = crafted.Struct("record", 4, ("a", three, 0), ("b", shifted, 0));
        Assert.Equal("record (4 bytes): a u32:3 @0.0, b u32:7 @0.5", crafted.Parse().GetLayout(record).ToString());
    }

    [Fact]
    public void KernelTypes_AreRead()
    {
        const string vmlinux = "/sys/kernel/btf/vmlinux";
        Require.That(File.Exists(vmlinux), "kernel-btf", $"this kernel has no {vmlinux}");
        Btf btf = Btf.Parse(File.ReadAllBytes(vmlinux), vmlinux);
        Assert.True(btf.TryGetLayout(btf.Find(BtfKind.Struct, "bpf_spin_lock")!.Id, out BpfTypeLayout? layout, out _));
        Assert.Equal(4, layout.Size);
        Assert.True(btf.TryGetLayout(btf.Find(BtfKind.Struct, "task_struct")!.Id, out layout, out string? problem) || problem is not null);
    }
}
