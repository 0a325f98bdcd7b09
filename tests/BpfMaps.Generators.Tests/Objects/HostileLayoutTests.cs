using System.Globalization;
using System.Text;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>Small objects that would take too long with naive algorithms, and objects with content that C# cannot have.</summary>
/// <remarks>The tests limit output and allocations. Code with quadratic or exponential growth would not finish.</remarks>
public sealed class HostileLayoutTests
{
    private const int MostCharacters = 64 << 20;
    private const long MostBytes = 2L << 30;

    // Only the names are test data: test runners record data, and these texts have millions of characters.
    private static readonly Dictionary<string, Func<string>> s_layouts = new()
    {
        ["anonymous types that use the next one twice, 24 deep"] = static () => FanOut(24, 2, isAnonymous: true),
        ["named types that use the next one four times, 24 deep"] = static () => FanOut(24, 4, isAnonymous: false),
        ["types that use an array of the next one, 24 deep"] = static () => FanOut(24, 3, isAnonymous: false, array: "[2]"),
        ["per-CPU values of such types"] = static () =>
            FanOut(12, 2, isAnonymous: false).Replace("type=Hash", "type=PerCpuHash", StringComparison.Ordinal),
        ["20,000 fields of one name"] = static () => Fields(static _ => "same", "u32", 4, ""),
        ["20,000 bitfields"] = static () => Fields(static i => $"f{i}", "u32", 4, " bits=3:9"),
        ["20,000 bitfields over one another"] = static () => Fields(static i => $"f{i}", "u32", 0, " bits=3:9"),
        ["20,000 flags"] = static () => Fields(static i => $"f{i}", "bool", 1, ""),
        ["20,000 per-CPU fields"] = static () =>
            Fields(static i => $"f{i}", "u8", 1, "").Replace("type=Hash", "type=PerCpuHash", StringComparison.Ordinal),
        ["20,000 fields over one another in a per-CPU value"] = static () =>
            Fields(static i => $"f{i}", "u8", 0, "").Replace("type=Hash", "type=PerCpuHash", StringComparison.Ordinal),
        ["20,000 maps of one name in C#"] = static () =>
            Many(static i =>
                $"map {new string('a', 1 + (i % 7))}{new string('_', 1 + (i / 7))} type=Array key=u32 key-size=4 value=u32 value-size=4 max-entries=1"
            ),
        ["20,000 constants"] = static () => Constants(static i => $"  value C{i} {i}"),
        ["20,000 constants of one name"] = static () =>
            Constants(static i => $"  value {new string('_', 1 + (i % 200))}c{new string('_', 1 + (i / 200))} {i}"),
        ["2,000 maps of one large value"] = static () =>
            Fields(static i => $"f{i}", "u16", 2, "", count: 2000)
            + Many(static i => $"map n{i} type=Hash key=u32 key-size=4 value=struct:s value-size=4000 max-entries=1", count: 2000),
        ["2,000 per-CPU maps of one large value"] = static () =>
            Fields(static i => $"f{i}", "u16", 2, "", count: 2000)
            + Many(static i => $"map n{i} type=PerCpuHash key=u32 key-size=4 value=struct:s value-size=4000 max-entries=1", count: 2000),
        ["a name of 100,000 characters for 2,000 fields"] = static () =>
            Fields(static i => $"f{i}", "struct:" + new string('n', 100_000), 4, "", count: 2000)
            + $"type struct:{new string('n', 100_000)} size=4 align=4\n  field 0 u32 a\n",
    };

    public static TheoryData<string> Layouts => [.. s_layouts.Keys];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void CostsOfDeclarations_AreBounded(string what)
    {
        LayoutFile layout = Parse(s_layouts[what]());
        long before = GC.GetAllocatedBytesForCurrentThread();

        string code = DeclarationEmitter.Emit(layout, "x.bpf.o", "Acme");

        Assert.True(
            GC.GetAllocatedBytesForCurrentThread() - before < MostBytes,
            $"{what}: {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MB"
        );
        Assert.InRange(code.Length, 1, MostCharacters);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void CostsOfObjectClasses_AreBounded(string what)
    {
        ObjectCodeSpec input = new(new("X", "", [], "X", "global::X", "x.bpf.o"), Parse(s_layouts[what]()), []);
        long before = GC.GetAllocatedBytesForCurrentThread();

        long length = ObjectEmitter.Emit(input).Sum(static file => (long)file.Text.Length);

        Assert.True(
            GC.GetAllocatedBytesForCurrentThread() - before < MostBytes,
            $"{what}: {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MB"
        );
        Assert.InRange(length, 1, 4 * MostCharacters);
    }

    [Theory]
    [InlineData(7, 2, true)]
    [InlineData(12, 4, false)]
    [InlineData(20, 2, true)]
    public void TypesThatShareOthers_CompileAndDescribeTheirBytes(int depth, int uses, bool isAnonymous)
    {
        using LoadedCode code = new(
            """[BpfMaps.BpfObject("x.bpf.o")] public sealed partial class X;""",
            new TextFile("/x.bpf.layout", FanOut(depth, uses, isAnonymous))
        );

        Type value = code["X+MMap"].BaseType!.GetGenericArguments()[1];
        Assert.Equal((int)Math.Pow(uses, depth), StructBytes.SizeOf(value));
        Assert.Equal((int)Math.Pow(uses, depth), code.SchemaOf("X+MMap").Value!.Size);
    }

    [Theory]
    [InlineData("u16", "65536", "65535")]
    [InlineData("u8", "256", "255")]
    [InlineData("s8", "-129", "-128")]
    [InlineData("s16", "32768", "32767")]
    [InlineData("u32", "4294967296", "4294967295")]
    public void ImpossibleConstants_AreOmittedWithARemark(string number, string impossible, string possible)
    {
        LayoutFile layout = Parse(
            $"bpf-layout 1\nobject byte-order=little\nmap m type=Hash key=u32 key-size=4 value=enum:e value-size={LayoutNumbers.SizeOf(number)} max-entries=1\ntype enum:e base={number}\n  value GOOD {possible}\n  value BAD {impossible}\n"
        );

        string code = DeclarationEmitter.Emit(layout, "x.bpf.o", null);

        Generation.RunClean(code);
        Assert.Contains($"Good = {possible},", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Bad", code, StringComparison.Ordinal);
        Assert.Contains($"'BAD' ({impossible}) is omitted", code, StringComparison.Ordinal);
    }

    private static LayoutFile Parse(string text)
    {
        LayoutFile layout = LayoutFileParser.Parse(text, out LayoutFileError? error)!;
        Assert.True(error is null, error?.Message);
        return layout;
    }

    /// <summary>A map whose value type uses the next type several times, which uses the next one, and so on.</summary>
    private static string FanOut(int depth, int uses, bool isAnonymous, string array = "")
    {
        int factor = uses * (array.Length == 0 ? 1 : 2);
        // Only the last levels fit into a struct; those above use the next one once.
        int Size(int level) => (int)Math.Min(1L << 26, (long)Math.Pow(factor, depth - level));
        StringBuilder text = new("bpf-layout 1\nobject byte-order=little\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"map m type=Hash key=u32 key-size=4 value=struct:t0 value-size={Size(0)} max-entries=1\n"
        );
        for (int level = 0; level < depth; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $"type struct:t{level} size={Size(level)} align=1\n");
            string type = level == depth - 1 ? "u8" : $"struct:t{level + 1}";
            int size = level == depth - 1 ? 1 : Size(level + 1),
                step = array.Length == 0 ? size : 2 * size;
            for (int use = 0; use < uses; use++)
            {
                long offset = (long)use * step;
                if (offset + step <= Size(level))
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"  field {offset} {type}{array} {(isAnonymous && level < depth - 1 ? "-" : $"f{use}")}\n"
                    );
            }
        }
        return text.ToString();
    }

    private static string Fields(Func<int, string> name, string type, int step, string more, int count = 20_000)
    {
        StringBuilder text = new("bpf-layout 1\nobject byte-order=little\n");
        int size = Math.Max(step * count, 16);
        text.Append(
            CultureInfo.InvariantCulture,
            $"map m type=Hash key=u32 key-size=4 value=struct:s value-size={size} max-entries=1\ntype struct:s size={size} align=4\n"
        );
        for (int index = 0; index < count; index++)
            text.Append(CultureInfo.InvariantCulture, $"  field {index * step} {type} {name(index)}{more}\n");
        return text.ToString();
    }

    private static string Many(Func<int, string> line, int count = 20_000) =>
        (count == 20_000 ? "bpf-layout 1\nobject byte-order=little\n" : "")
        + string.Join('\n', Enumerable.Range(0, count).Select(line))
        + "\n";

    private static string Constants(Func<int, string> line) =>
        "bpf-layout 1\nobject byte-order=little\nmap m type=Hash key=u32 key-size=4 value=enum:e value-size=4 max-entries=1\ntype enum:e base=u32\n"
        + string.Join('\n', Enumerable.Range(0, 20_000).Select(line))
        + "\n";
}
