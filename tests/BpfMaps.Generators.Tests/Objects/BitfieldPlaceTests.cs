extern alias generator;

using System.Globalization;
using System.Text;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using BpfMaps.Tests;
using BpfTypeKind = generator::BpfMaps.Metadata.BpfTypeKind;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>The storage of bitfields is inside their unit and does not overlap other fields.</summary>
public sealed class BitfieldPlaceTests
{
    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void RandomStructs_StayInTheirUnits(string target)
    {
        Require.Clang();
        RandomBitfields generator = new(new Random(11));
        StringBuilder text = new("#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n" + RandomBitfields.Enumerations);
        for (int number = 0; number < 400; number++)
            text.Append(generator.Struct("s" + number.ToString(CultureInfo.InvariantCulture), withUnions: true).Declaration)
                .Append(CultureInfo.InvariantCulture, $"struct s{number} v{number};\n");
        LayoutFile layout = LayoutFileParser.Parse(
            LayoutWriter.Write(BpfObjectFile.Parse(ClangCompiler.CompileText(text.ToString(), target), "x.bpf.o")),
            out _
        )!;
        ObjectTypePlanner types = new(layout, new NameScope([]), TypeStyle.Plain(null));

        int checkedBitfields = 0;
        foreach (LayoutType type in layout.Types.Where(static t => t.Name[0] == 's'))
        {
            StructPlan plan = types.Struct(type.Token)!;
            Dictionary<string, Declared> declared = [];
            Collect(layout, type, 0, declared);
            foreach (MemberPlan member in plan.Members.Where(m => declared[m.CName].Bits > 0))
            {
                AssertCovers(member, types.IsBigEndian);
                AssertStaysInUnit(member, declared);
                checkedBitfields++;
            }
        }
        Assert.InRange(checkedBitfields, 1000, int.MaxValue);
    }

    [Theory]
    [InlineData("u32 version bits=0:8", "u32 length bits=0:24 @1", "u32 hits @4", "_at0x4")]
    [InlineData("u64 a bits=0:16", "u64 b bits=0:48 @2", "u32 hits @8", "_at0x8")]
    [InlineData("u8 a @0", "u32 b bits=0:24 @1", "u32 hits @4", "_at1, _at2x2")]
    [InlineData("u32 a bits=0:24", "u8 b @3", "u32 hits @4", "_at0x2, _at2")]
    [InlineData("u64 a bits=0:40", "u8 b @5", "u16 hits @6", "_at0x4, _at4")]
    [InlineData("u8 a bits=0:4", "u32 b bits=4:28 @0", "u32 hits @4", "_at0, _at0x4")]
    [InlineData("bool a @0", "u32 b bits=0:24 @1", "bool hits @4", "_at0, _at1, _at2x2, _at4")]
    public void Bitfields_HaveTheNumbersThatStayInTheirUnits(string first, string second, string third, string storage)
    {
        string fields = string.Join('\n', new[] { first, second, third }.Select(Line));
        string layout =
            $"bpf-layout 1\nobject byte-order=little\nmap m type=Hash key=u32 key-size=4 value=struct:s value-size=16 max-entries=1\ntype struct:s size=16 align=8\n{fields}\n";
        LayoutFile file = LayoutFileParser.Parse(layout, out LayoutFileError? error)!;
        Assert.Null(error);

        StructPlan plan = new ObjectTypePlanner(file, new NameScope([]), TypeStyle.Plain(null)).Struct("struct:s")!;

        Assert.Equal(storage, string.Join(", ", plan.Storage.OrderBy(static s => (s.Offset, s.Size)).Select(static s => s.Name)));
    }

    [Fact]
    public void NeighborsOfBitfields_KeepWhatOthersWriteMeanwhile()
    {
        TextFile layout = new(
            "/x.bpf.layout",
            """
            bpf-layout 1
            object byte-order=little
            map m type=Hash key=u32 key-size=4 value=struct:header value-size=12 max-entries=1
            type struct:header size=12 align=4
              field 0 u32 version bits=0:8
              field 1 u32 length bits=0:24
              field 4 u32 hits
              field 8 u32 rest bits=0:24
              field 11 u8 last
            """
        );
        using LoadedCode code = new(
            """
            using System.Threading;
            [BpfMaps.BpfObject("x.bpf.o")] public sealed partial class X;
            public static class Race
            {
                public static string Run()
                {
                    const int Times = 2_000_000;
                    X.Header[] shared = new X.Header[1];
                    bool isDone = false;
                    Thread other = new(() =>
                    {
                        for (uint number = 0; !Volatile.Read(ref isDone); number++)
                        {
                            shared[0].Version = number;
                            shared[0].Length = number;
                            shared[0].Rest = number;
                        }
                    }) { IsBackground = true };
                    other.Start();
                    for (int time = 0; time < Times; time++)
                    {
                        Interlocked.Increment(ref shared[0].Hits);
                        for (byte seen = shared[0].Last; ; seen = shared[0].Last)
                        {
                            if (Interlocked.CompareExchange(ref shared[0].Last, unchecked((byte)(seen + 1)), seen) == seen)
                                break;
                        }
                    }
                    Volatile.Write(ref isDone, true);
                    other.Join();
                    return $"{shared[0].Hits} {shared[0].Last}";
                }
            }
            """,
            layout
        );

        Assert.Equal($"2000000 {2000000 % 256}", code.Call("Race", "Run"));
    }

    /// <param name="Start">The first byte of the unit of the bitfield; <paramref name="End"/> is the byte after it.</param>
    /// <param name="Others">The bytes of other fields of the struct that are not bitfields.</param>
    private sealed record Declared(int Start, int End, int Bits, List<(int Start, int End)> Others);

    private static void Collect(LayoutFile layout, LayoutType type, int start, Dictionary<string, Declared> declared)
    {
        List<(int Start, int End)> others =
            type.Kind == BpfTypeKind.Union
                ? []
                :
                [
                    .. type
                        .Fields.Where(static f => f.BitSize == 0)
                        .Select(f => (start + f.Offset, start + f.Offset + SizeOf(layout, f.Type)))
                        .Where(static f => f.Item2 > f.Item1),
                ];
        foreach (LayoutField field in type.Fields)
        {
            int size = SizeOf(layout, field.Type),
                unit = field.Offset - (field.Offset % Math.Max(size, 1));
            bool fits = ((field.Offset - unit) * 8) + field.BitOffset + field.BitSize <= size * 8;
            int from = fits ? unit : field.Offset,
                to = fits ? unit + size : field.Offset + ((field.BitOffset + field.BitSize + 7) / 8);
            if (field.Name.Length > 0)
                declared.Add(field.Name, new(start + from, start + to, field.BitSize, others));
            else if (layout.Types.SingleOrDefault(t => t.Token == field.Type.Element) is { } anonymous)
                Collect(layout, anonymous, start + field.Offset, declared);
        }
    }

    private static void AssertStaysInUnit(MemberPlan member, Dictionary<string, Declared> all)
    {
        Declared declared = all[member.CName];
        foreach (BitsPart part in member.Bits!.Parts)
        {
            int start = part.Storage.Offset,
                end = start + part.Storage.Size;
            Assert.True(
                start >= declared.Start && end <= declared.End,
                $"{member.CName} is declared in {declared.Start}..{declared.End} and has storage in {start}..{end}"
            );
            Assert.DoesNotContain(declared.Others, other => other.Start < end && start < other.End);
        }
    }

    /// <summary>Each bit of the value is at its place in memory according to the layout.</summary>
    private static void AssertCovers(MemberPlan member, bool isBigEndian)
    {
        BitsPlan bits = member.Bits!;
        int?[] found = new int?[bits.Count];
        foreach (BitsPart part in bits.Parts)
        {
            for (int bit = 0; bit < part.Count; bit++)
            {
                int inStorage = part.Shift + bit,
                    storageBits = part.Storage.Size * 8;
                found[part.ValueShift + bit] = (part.Storage.Offset * 8) + (isBigEndian ? storageBits - 1 - inStorage : inStorage);
            }
        }
        int?[] expected =
        [
            .. Enumerable
                .Range(0, bits.Count)
                .Select(bit => (int?)(isBigEndian ? bits.FirstBit + bits.Count - 1 - bit : bits.FirstBit + bit)),
        ];
        Assert.Equal(expected, found);
    }

    private static int SizeOf(LayoutFile layout, LayoutTypeUse use) =>
        (layout.Types.SingleOrDefault(t => t.Token == use.Element)?.Size ?? LayoutNumbers.SizeOf(use.Element)) * Math.Max(use.Count, 1);

    /// <summary><c>u32 length bits=0:24 @1</c> as a line of a layout.</summary>
    private static string Line(string field)
    {
        string[] words = field.Split(' ');
        string offset = words[^1][0] == '@' ? words[^1][1..] : "0";
        string bits = words.FirstOrDefault(static w => w.StartsWith("bits=", StringComparison.Ordinal)) ?? "";
        return $"  field {offset} {words[0]} {words[1]} {bits}".TrimEnd();
    }
}
