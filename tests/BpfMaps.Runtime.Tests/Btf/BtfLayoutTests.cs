using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of layouts of C types. The compiler asserts the numbers in structs.bpf.c.</summary>
public sealed class BtfLayoutTests
{
    public static TheoryData<string> Targets => [Fixture.LittleEndian, Fixture.BigEndian];

    [Theory]
    [MemberData(nameof(Targets))]
    public void NestedStructs_KeepTheirNamesAndOffsets(string target)
    {
        BpfTypeLayout nested = Fixture.Value("nested", target);
        Assert.Equal("nested (56 bytes): tag u8 @0, from point @4, range struct @16, path point[3] @32", nested.ToString());
        Assert.Equal("point (8 bytes): x s32 @0, y s32 @4", nested.Fields[1].Type.ToString());
        Assert.Equal("struct (16 bytes): low u16 @0, high u64 @8", nested.Fields[2].Type.ToString());
        Assert.Equal(8, nested.Alignment);
        Assert.Equal(4, nested.Fields[1].Type.Alignment);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void AnonymousMembers_AreFieldsWithoutAName(string target)
    {
        BpfTypeLayout layout = Fixture.Value("anonymous", target);
        Assert.Equal(
            "anonymous (32 bytes): family u16 @0, (anonymous) union @4, (anonymous) struct @20, number union @24",
            layout.ToString()
        );
        Assert.Equal(["", "", "number"], layout.Fields.Skip(1).Select(field => field.Name));
        Assert.Equal(BpfTypeKind.Union, layout.Fields[1].Type.Kind);
        Assert.Equal("union (16 bytes): v4 u32 @0, v6 u8[16] @0", layout.Fields[1].Type.ToString());
        Assert.Equal("struct (4 bytes): port u16 @0, zone u16 @2", layout.Fields[2].Type.ToString());
        Assert.Equal("union (8 bytes): bits u64 @0, real double @0", layout.Fields[3].Type.ToString());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Bitfields_HaveTheirBits(string target)
    {
        BpfTypeLayout layout = Fixture.Value("bits", target);
        Assert.Equal(
            "bits (16 bytes): version u32:4 @0.0, length u32:12 @0.4, balance s32:16 @2.0, flag u8:1 @4.0, mode u8:4 @4.4, wide u64:40 @8.0",
            layout.ToString()
        );
        Assert.Equal([1, 2, 2, 1, 1, 5], layout.Fields.Select(field => field.Size));
    }

    [Fact]
    public void PackedStruct_IsAlignedToOneByte()
    {
        BpfTypeLayout layout = Fixture.Value("packed");
        Assert.Equal("packed (11 bytes): kind u8 @0, address u64 @1, port u16 @9", layout.ToString());
        Assert.Equal(1, layout.Alignment);
        Assert.False(layout.HasPadding);
    }

    [Fact]
    public void AlignedStruct_HasItsPadding()
    {
        BpfTypeLayout layout = Fixture.Value("aligned");
        Assert.Equal("aligned (32 bytes): first u32 @0, second u32 @16", layout.ToString());
        Assert.True(layout.HasPadding);
    }

    [Fact]
    public void Enums_HaveWidthSignAndConstants()
    {
        BpfTypeLayout layout = Fixture.Value("enums");
        Assert.Equal("enums (12 bytes): color color @0, temperature temperature @4, small small @8, middle middle @10", layout.ToString());
        Assert.Equal([4, 4, 1, 2], layout.Fields.Select(field => field.Type.Size));
        Assert.Equal(
            [BpfTypeKind.Enum, BpfTypeKind.SignedEnum, BpfTypeKind.Enum, BpfTypeKind.Enum],
            layout.Fields.Select(field => field.Type.Kind)
        );
        Assert.Equal([new("RED", 0), new("GREEN", 5), new("BLUE", 6)], layout.Fields[0].Type.EnumMembers);
        Assert.Equal([new("COLD", -40), new("HOT", 60)], layout.Fields[1].Type.EnumMembers);
    }

    [Fact]
    public void ArraysOfArrays_AreOneArray() =>
        Assert.Equal("matrix (112 bytes): cells u16[24] @0, names char[32] @48, grid point[4] @80", Fixture.Value("matrix").ToString());

    [Theory]
    [MemberData(nameof(Targets))]
    public void Typedefs_NameNumbersAndNamelessStructs(string target)
    {
        BpfTypeLayout layout = Fixture.Value("typedefs", target);
        Assert.Equal(
            "span_t (80 bytes): begin u64 @0, end u64 @8, address u32 @16, comm char[16] @20, delta s8 @36, raw u8 @37, yes u8 @38, where u64 @40, huge s128 @48, real float @64",
            layout.ToString()
        );
        Assert.Equal(
            ["moment", "frozen_moment", "__be32", "char", "signed char", "unsigned char", "_Bool", "void *", "__int128", "float"],
            layout.Fields.Select(field => field.Type.Name)
        );
    }

    [Fact]
    public void Pointers_AreUnsignedWith8Bytes() =>
        Assert.Equal("pointers (16 bytes): next u64 @0, callback u64 @8", Fixture.Value("pointers").ToString());

    [Fact]
    public void SpinLock_IsTheStructOfThatName()
    {
        BpfTypeLayout layout = Fixture.Value("locked");
        Assert.Equal("bpf_spin_lock (4 bytes): val u32 @0", layout.Fields[0].Type.ToString());
    }

    [Theory]
    [InlineData("text", "struct (16 bytes): (anonymous) char[16] @0")]
    [InlineData("numbers", "struct (32 bytes): (anonymous) u32[8] @0")]
    [InlineData("number", "__u64 (8 bytes)")]
    public void OtherValuesThanStructs_AreNumbersOrStructsWithOneUnnamedField(string map, string expected) =>
        Assert.Equal(expected, Fixture.Value(map).ToString());

    [Theory]
    [InlineData("marks", "marked (16 bytes): a u32 @0, b u64 @8")]
    [InlineData("ends", "ended (8 bytes): a u32 @0, b u32 @4")]
    [InlineData("hollows", "hollow (8 bytes): a u32 @0, b u32 @4")]
    [InlineData("flexibles", "flexible (4 bytes): length u32 @0")]
    [InlineData("tails", "holds_flexible (16 bytes): at u64 @0, tail flexible @8")]
    public void MembersWithoutBytes_AreNotFields(string map, string expected)
    {
        BpfMapDefinition found = Fixture.Open("members").GetMap(map);
        Assert.Null(found.ValueProblem);
        Assert.Equal(expected, found.Value!.ToString());
        Assert.Equal(found.Value.Size, found.ValueSize);
    }

    [Fact]
    public void MemberWithoutBytes_AlignsItsStruct() => Assert.Equal(8, Fixture.Open("members").GetMap("aligned_ends").Value!.Alignment);

    [Fact]
    public void ArrayWithoutElements_HasNoLayout()
    {
        CraftedBtf crafted = new();
        uint number = crafted.Int("unsigned int", 4);
        uint array = crafted.Add(BtfKind.Array, "", 0, entries: [number, number, 0]);
        Assert.False(crafted.Parse().TryGetLayout(array, out _, out string? problem));
        Assert.Equal("it is an array without elements, or without a length", problem);
    }

    [Fact]
    public void VariableLongerThanItsType_HasNoField()
    {
        BpfVariableDefinition variable = Fixture.Open("members").GetMap(".data").Variables.Single();
        Assert.True(variable is { Name: "initialized", Size: 8, Field: null });
        Assert.Equal("it has 8 bytes, and its type 4: the last member of the type has no length of its own", variable.Problem);
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("stack")]
    [InlineData("bloom")]
    public void KeyWithoutBytes_IsNotAKey(string map) =>
        Assert.True(Fixture.Open("members").GetMap(map) is { Key: null, KeySize: 0, KeyProblem: null, Refusals: [] });

    [Fact]
    public void TypeWithoutASize_IsRejected()
    {
        Btf btf = Fixture.Open("structs").Btf!;
        BtfType forward = btf.Find(BtfKind.Forward, "forward")!;
        Assert.False(btf.TryGetLayout(forward.Id, out _, out string? problem));
        Assert.Equal("'undefined struct forward' has no size", problem);
        BpfFormatException exception = Assert.Throws<BpfFormatException>(() => btf.GetLayout(0));
        Assert.Contains("'void' has no size", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayoutOfTheSameType_IsTheSameInstance()
    {
        Btf btf = Fixture.Open("structs").Btf!;
        uint id = btf.Find(BtfKind.Struct, "point")!.Id;
        Assert.Same(btf.GetLayout(id), btf.GetLayout(id));
    }
}
