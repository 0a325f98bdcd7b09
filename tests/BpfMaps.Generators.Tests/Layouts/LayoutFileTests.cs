extern alias generator;

using BpfMaps.Generators.Layouts;
using MapFlags = generator::BpfMaps.BpfMapFlags;
using MapType = generator::BpfMaps.BpfMapType;

namespace BpfMaps.Generators.Tests.Layouts;

/// <summary>
/// Parsing of <c>.layout</c> files: files of the runtime library are read completely, and invalid ones are rejected with the line.
/// </summary>
public sealed class LayoutFileTests
{
    private const string Head = "bpf-layout 1\nobject byte-order=little\n";
    private const int Mutations = 100_000;

    [Theory]
    [InlineData("maps")]
    [InlineData("structs")]
    public void FileOfARealObject_IsReadWithoutLoss(string fixture)
    {
        string text = Fixture(fixture);
        Assert.Equal(text, LayoutFileText.Of(Read(text)));
    }

    [Fact]
    public void ExampleInTheDocumentation_IsRead()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Layouts", "Fixtures", "layout-format.md"));
        string example = page.Split("```layout\n")[1].Split("```\n")[0];
        Assert.Equal(example, LayoutFileText.Of(Read(example)));
    }

    [Fact]
    public void SameText_IsAnEqualModel() => Assert.Equal(Read(Fixture("structs")), Read(Fixture("structs")));

    [Fact]
    public void Map_HasItsAttributes()
    {
        LayoutMap map = Read(
            Head
                + "map flows type=Hash key=u32 key-size=4 value=char[16] value-size=16 max-entries=100 flags=0x5 pinning=1 map-extra=0x3 numa-node=0\n"
        ).Maps[0];
        Assert.Equal(
            ("flows", MapType.Hash, new LayoutTypeUse("u32", 0), new LayoutTypeUse("char", 16)),
            (map.Name, map.Type, map.Key, map.Value)
        );
        Assert.Equal((4, 16, 100u, MapFlags.NoPrealloc | MapFlags.NumaNode), (map.KeySize, map.ValueSize, map.MaxEntries, map.Flags));
        Assert.True(map is { Pinning: 1, MapExtra: 3, NumaNode: 0u, Inner: null, KeyProblem: null, ValueProblem: null });
    }

    [Fact]
    public void KindOfAMapWithoutAName_IsANumber() => Assert.Equal((MapType)99, Read(Head + "map new type=99\n").Maps[0].Type);

    [Fact]
    public void EncodedWords_AreDecoded()
    {
        LayoutFile file = Read(
            "bpf-layout 1\r\nobject byte-order=big license=Dual%20MIT/GPL\r\nprogram gr%C3%B6%C3%9Fe section=uprobe//bin/a%3Db"
        );
        Assert.Equal((true, "Dual MIT/GPL"), (file.IsBigEndian, file.License));
        Assert.Equal(new LayoutProgram("größe", "uprobe//bin/a=b"), file.Programs[0]);
    }

    [Fact]
    public void TypeMayBeUsedBeforeItsLine()
    {
        LayoutFile file = Read(
            Head + "type struct:b size=4 align=4\n  field 0 struct:a only\ntype struct:a size=4 align=4\n  field 0 u32 x bits=3:4\n"
        );
        Assert.Equal(new LayoutField("x", 0, new("u32", 0), 3, 4), file.Types[1].Fields[0]);
    }

    [Theory]
    [InlineData("bpf-layout 2\n", 1, "expected 'bpf-layout 1', found 'bpf-layout 2': update BpfMaps, or describe the object again")]
    [InlineData("", 1, "expected 'bpf-layout 1', found '': update BpfMaps, or describe the object again")]
    [InlineData("bpf-layout 1\n", 2, "expected a line 'object', found the end of the file")]
    [InlineData("bpf-layout 1\nobject byte-order=middle\n", 2, "expected a byte-order of 'little' or 'big', found 'middle'")]
    [InlineData(Head + "maps x\n", 3, "expected 'map', 'section', 'program', 'unlisted' or 'type', found 'maps'")]
    [InlineData(Head + "\nmap x type=Hash\n", 3, "expected words separated by single spaces")]
    [InlineData(Head + "map x  type=Hash\n", 3, "expected words separated by single spaces")]
    [InlineData(Head + "  field 0 u32 x\n", 3, "'field' cannot follow the line before it")]
    [InlineData(Head + "program p section=xdp\n  field 0 u32 x\n", 4, "'field' cannot follow the line before it")]
    [InlineData(Head + "map\n", 3, "expected a name, found the end of the line")]
    [InlineData(Head + "map x\n", 3, "'map' needs type=")]
    [InlineData(Head + "map x type=Hashes\n", 3, "expected a map type, found 'Hashes'")]
    [InlineData(Head + "map x type=Hash color=red\n", 3, "'map' has no color=")]
    [InlineData(Head + "map x type=Hash type=Hash\n", 3, "type= occurs twice")]
    [InlineData(Head + "map x type=Hash key-size=many\n", 3, "expected key-size as a number, found 'many'")]
    [InlineData(Head + "map x type=Hash key-size=2147483648\n", 3, "expected key-size of at most 2147483647, found 2147483648")]
    [InlineData(Head + "map x type=Hash key=u32 key-size=8\n", 3, "expected a key of 8 bytes, found 4 bytes of 'u32'")]
    [InlineData(Head + "map x type=Hash key=u24\n", 3, "expected a type, found 'u24'")]
    [InlineData(Head + "map x type=Hash value=u8[0]\n", 3, "expected an array of at least one element, found 'u8[0]'")]
    [InlineData(Head + "map x type=Hash value=struct:y\n", 3, "the type 'struct:y' has no line")]
    [InlineData(Head + "map x type=Hash\nmap x type=Array\n", 4, "the map 'x' occurs twice")]
    [InlineData(Head + "map %4 type=Hash\n", 3, "expected two hexadecimal digits after '%', found '4'")]
    [InlineData(Head + "map %FF type=Hash\n", 3, "expected UTF-8 after '%' in '%FF'")]
    [InlineData(Head + "map x type=Hash\n  problem\n", 4, "expected 'key' or 'value', found the end of the line")]
    [InlineData(Head + "map x type=Hash\n  problem key\n", 4, "expected a reason, found the end of the line")]
    [InlineData(
        Head + "type struct:s size=4 align=4\n  field 2 u32 x\n",
        4,
        "expected a field inside the 4 bytes of its type, found 4 bytes at 2"
    )]
    [InlineData(Head + "type union:u size=8 align=4\n  field 4 u32 x\n", 4, "expected a field of a union at 0, found it at 4")]
    [InlineData(Head + "type struct:s size=4 align=4\n  field 0 u8 x bits=0:17\n", 4, "a bitfield has more bits than 'u8'")]
    [InlineData(
        Head + "type struct:s size=4 align=4\n  field 0 f32 x bits=0:3\n",
        4,
        "expected bits=first:count of an integer, found bits=0:3 of 'f32'"
    )]
    [InlineData(
        Head + "type struct:s size=4 align=4\n  field 0 struct:s x\n",
        3,
        "the type 'struct:s' is nested deeper than 32 types, or contains itself"
    )]
    [InlineData(Head + "type enum:e base=f32\n", 3, "expected base= with an integer of 1 to 8 bytes, found 'f32'")]
    [InlineData(Head + "type enum:e base=u32\n  value A -1\n", 4, "expected a value as a number, found '-1'")]
    [InlineData(
        Head + "section .data size=4\n  var 4 opaque[4] x\n",
        4,
        "expected a field inside the 4 bytes of the section, found 4 bytes at 4"
    )]
    public void FileThatIsNotUnderstood_IsRefusedWithItsLine(string text, int line, string message)
    {
        Assert.Null(LayoutFileParser.Parse(text, out LayoutFileError? error));
        Assert.Equal(new LayoutFileError(line, message), error);
    }

    [Fact]
    public void MutatedFile_IsReadOrRefused()
    {
        string[] texts = [Fixture("maps"), Fixture("structs")];
        int refused = 0;
        Parallel.For(
            0,
            Mutations,
            seed =>
            {
                string text = Mutate(texts[seed % texts.Length], new Random(seed));
                try
                {
                    LayoutFile? file = LayoutFileParser.Parse(text, out LayoutFileError? error);
                    Assert.NotEqual(file is null, error is null);
                    if (file is null)
                        Interlocked.Increment(ref refused);
                }
                catch (Exception exception)
                {
                    Assert.Fail($"seed {seed}: {exception}\n{text}");
                }
            }
        );
        Assert.InRange(refused, Mutations / 20, Mutations - 1);
    }

    private static string Mutate(string text, Random random)
    {
        const string characters = " \n%=[]:-@.~0123456789abxustf\u00e4";
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int at = random.Next(text.Length);
            int length = Math.Min(random.Next(1, 12), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, characters[random.Next(characters.Length)].ToString()),
                2 => text.Insert(at, text.Substring(random.Next(text.Length - length), length)),
                _ => text[..at] + characters[random.Next(characters.Length)] + text[(at + 1)..],
            };
        }
        return text;
    }

    private static LayoutFile Read(string text)
    {
        LayoutFile? file = LayoutFileParser.Parse(text, out LayoutFileError? error);
        Assert.Null(error);
        return file!;
    }

    private static string Fixture(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Layouts", "Fixtures", name + ".layout"));
}
