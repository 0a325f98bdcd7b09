using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>Every field and property of generated structs has exactly the bytes and bits of the layout.</summary>
public sealed class GeneratedStructTests : IDisposable
{
    private static readonly TextFile s_file = new("/structs.bpf.layout", TextFile.Fixture("structs.layout").Content);

    private readonly LoadedCode _code = new("""[BpfMaps.BpfObject("structs.bpf.o")] public sealed partial class Shapes;""", s_file);

    public static TheoryData<string> Structs =>
        [
            "aligned",
            "anonymous",
            "anonymous.number",
            "bits",
            "enums",
            "locked",
            "matrix",
            "nested",
            "nested.range",
            "packed",
            "point",
            "pointers",
            "span_t",
        ];

    public void Dispose() => _code.Dispose();

    [Theory]
    [MemberData(nameof(Structs))]
    public void Size_IsThatOfTheLayout(string name) => Assert.Equal(Layout(name).Size, StructBytes.SizeOf(Struct(name)));

    [Theory]
    [MemberData(nameof(Structs))]
    public void Members_HaveTheirBitsAndNoOthers(string name)
    {
        LayoutType layout = Layout(name);
        Type type = Struct(name);
        int checkedMembers = 0;
        foreach ((string member, int first, int count) in Members(layout, 0))
        {
            bool[] own = new bool[layout.Size * 8],
                others = new bool[layout.Size * 8];
            Array.Fill(others, true);
            Array.Fill(own, true, first, count);
            Array.Fill(others, false, first, count);
            Assert.True(IsAllOnes(type, member, Read(type, own), count), $"{name}.{member} does not have its bits");
            Assert.True(IsZero(type, member, Read(type, others)), $"{name}.{member} has bits of others");
            checkedMembers++;
        }
        Assert.Equal(type.GetFields().Length + type.GetProperties().Length, checkedMembers);
    }

    [Fact]
    public void Properties_SetTheirBitsAndNoOthers()
    {
        Type type = Struct("bits");
        object value = Read(type, [.. Enumerable.Repeat(true, 128)]);
        type.GetProperty("Length")!.SetValue(value, 0x123u);
        type.GetProperty("Balance")!.SetValue(value, -2);
        type.GetProperty("Wide")!.SetValue(value, 1ul);
        type.GetProperty("Mode")!.SetValue(value, (byte)0xF5);

        Assert.Equal(
            (15u, 0x123u, -2, (byte)1, (byte)5, 1ul),
            (
                (uint)StructBytes.Get(value, "Version"),
                (uint)StructBytes.Get(value, "Length"),
                (int)StructBytes.Get(value, "Balance"),
                (byte)StructBytes.Get(value, "Flag"),
                (byte)StructBytes.Get(value, "Mode"),
                (ulong)StructBytes.Get(value, "Wide")
            )
        );
        Assert.Equal([0x3F, 0x12, 0xFE, 0xFF, 0x5F, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF], StructBytes.Of(value));
    }

    [Fact]
    public void Enumerations_HaveTheSizeAndTheConstantsOfC()
    {
        Assert.Equal(
            (typeof(ushort), (ushort)60000),
            (Enum.GetUnderlyingType(_code["Shapes+Middle"]), (ushort)Enum.Parse(_code["Shapes+Middle"], "MiddleB"))
        );
        Assert.Equal(
            (typeof(int), -40),
            (Enum.GetUnderlyingType(_code["Shapes+Temperature"]), (int)Enum.Parse(_code["Shapes+Temperature"], "Cold"))
        );
    }

    [Fact]
    public void Schemas_DescribeTheBytesOfTheirTypes()
    {
        foreach (
            string map in new[]
            {
                "Aligned",
                "Anonymous",
                "Bits",
                "Enums",
                "Locked",
                "Matrix",
                "Nested",
                "Numbers",
                "Packed",
                "Pointers",
                "Text",
                "Typedefs",
            }
        )
        {
            Type type = _code[$"Shapes+{map}Map"];
            Type value = type.BaseType!.GetGenericArguments()[0];
            Assert.Equal(StructBytes.SizeOf(value), _code.SchemaOf($"Shapes+{map}Map").Value!.Size);
        }
    }

    [Fact]
    public void LargestArray_Loads()
    {
        TextFile file = new(
            "/large.bpf.layout",
            "bpf-layout 1\nobject byte-order=little\nsection .bss size=1048576 flags=0x400\n  var 0 u64[131072] counters\n"
        );
        using LoadedCode code = new("""[BpfMaps.BpfObject("large.bpf.o")] public sealed partial class Large;""", file);

        Assert.Equal(1 << 20, StructBytes.SizeOf(code["Large+UInt64Array131072"]));
    }

    [Fact]
    public void BigEndianBitfields_AreCountedFromTheMostSignificantBit()
    {
        TextFile file = new(
            "/big.bpf.layout",
            """
            bpf-layout 1
            object byte-order=big
            map bits type=Array key=u32 key-size=4 value=struct:bits value-size=2 max-entries=1
            type struct:bits size=2 align=2
              field 0 u16 first bits=0:4
              field 0 u16 last bits=4:12
            """
        );
        string types = Generation
            .RunClean("""[BpfMaps.BpfObject("big.bpf.o")] public sealed partial class Big;""", files: file)
            .Sources()
            .Single(static s => s.HintName.Contains("Types", StringComparison.Ordinal))
            .SourceText.ToString();

        Assert.Contains("readonly get => unchecked((ushort)(((ulong)_at0x2 >> 12) & 0xFUL));", types, StringComparison.Ordinal);
        Assert.Contains("readonly get => unchecked((ushort)(_at0x2 & 0xFFFUL));", types, StringComparison.Ordinal);
    }

    private static LayoutType Layout(string name) => LayoutFileParser.Parse(s_file.Content, out _)!.Types.Single(t => t.Name == name);

    private static IEnumerable<(string Member, int FirstBit, int Bits)> Members(LayoutType layout, int start)
    {
        foreach (LayoutField field in layout.Fields)
        {
            int size =
                (
                    field.Type.Element.Contains(':', StringComparison.Ordinal)
                        ? SizeOfType(field.Type.Element)
                        : LayoutNumbers.SizeOf(field.Type.Element)
                ) * Math.Max(field.Type.Count, 1);
            int first = start + (field.Offset * 8);
            if (field.Name.Length > 0)
                yield return (CSharpNames.Pascal(field.Name, ""), first + field.BitOffset, field.BitSize > 0 ? field.BitSize : size * 8);
            else
            {
                foreach ((string Member, int FirstBit, int Bits) inner in Members(Layout(field.Type.Element.Split(':')[1]), first))
                    yield return inner;
            }
        }
    }

    private static int SizeOfType(string token) => LayoutFileParser.Parse(s_file.Content, out _)!.Types.Single(t => t.Token == token).Size;

    private Type Struct(string name)
    {
        string pascal = CSharpNames.Pascal(name, "");
        return _code["Shapes"].GetNestedType(pascal + "Struct") ?? _code["Shapes+" + pascal];
    }

    private static bool IsZero(Type type, string member, object value) =>
        Array.TrueForAll(StructBytes.Of(StructBytes.Get(value, member)), static b => b == 0);

    private static bool IsAllOnes(Type type, string member, object value, int count)
    {
        object found = StructBytes.Get(value, member);
        return type.GetField(member) is not null
            ? Array.TrueForAll(StructBytes.Of(found), static b => b == 0xFF) && StructBytes.Of(found).Length * 8 == count
            : found is true or (sbyte)-1 or (short)-1 or -1 or -1L || Convert.ToUInt64(found, null) == (1UL << count) - 1;
    }

    private static object Read(Type type, bool[] bits)
    {
        byte[] bytes = new byte[bits.Length / 8];
        for (int bit = 0; bit < bits.Length; bit++)
            bytes[bit / 8] |= (byte)((bits[bit] ? 1 : 0) << (bit % 8));
        return StructBytes.Read(type, bytes);
    }
}
