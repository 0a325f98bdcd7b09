using System.Globalization;
using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Structs of the running kernel, as a C compiler lays them out.</summary>
public sealed class KernelStructTests(ITestOutputHelper output)
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";
    private const int HowMany = 500;

    [Fact]
    public void SizesAndOffsets_AreTheCompilers()
    {
        Require.That(File.Exists(KernelTypes), "kernel", $"{KernelTypes} is not there: the kernel was built without its types");
        Require.Clang();
        string header = Require.BpfTool().Run("btf", "dump", "file", KernelTypes, "format", "c");
        Btf btf = Btf.Parse(File.ReadAllBytes(KernelTypes), KernelTypes);
        int seed = Environment.GetEnvironmentVariable("BPFMAPS_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        output.WriteLine($"BPFMAPS_SEED={seed}");

        // bpftool renames the second type with a name, and a struct and an enumeration of one name are an error in C.
        BtfKind[] named = [BtfKind.Struct, BtfKind.Union, BtfKind.Enum, BtfKind.Enum64];
        BtfType[] structs =
        [
            .. named
                .SelectMany(btf.OfKind)
                .Where(static type => type.Name.Length != 0)
                .GroupBy(static type => type.Name)
                .Where(static types => types.Count() == 1)
                .Select(static types => types.First())
                .Where(static type => type is { Kind: BtfKind.Struct, Size: not 0 }),
        ];
        new Random(seed).Shuffle(structs);
        Dictionary<BpfTypeLayout, bool> known = new(ReferenceEqualityComparer.Instance);
        List<(string What, int Ours)> facts =
        [
            .. structs
                .Select(type => (Type: type, Layout: btf.GetLayout(type.Id)))
                .Where(found => !HasOtherSize(found.Layout, known))
                .Take(HowMany)
                .SelectMany(static found => FactsOf(found.Type, found.Layout)),
        ];

        byte[] theirs = Measure(header, facts.Select(static fact => fact.What));
        string[] wrong =
        [
            .. facts
                .Select((fact, index) => (fact.What, fact.Ours, Theirs: BitConverter.ToInt32(theirs, index * sizeof(int))))
                .Where(static fact => fact.Ours != fact.Theirs)
                .Select(static fact => $"{fact.What} is {fact.Theirs}, and not {fact.Ours}"),
        ];
        Assert.True(facts.Count > HowMany, $"{facts.Count} sizes and offsets of {HowMany} structs");
        Assert.True(wrong.Length == 0, $"BPFMAPS_SEED={seed}: {string.Join("; ", wrong.Take(10))}");
    }

    /// <summary>
    /// Whether a type contains what the header has with another size: enumerations of 1 or 2 bytes, which bpftool 7.1 writes with 4, and
    /// lists of variable arguments, whose size depends on the target of the compiler.
    /// </summary>
    private static bool HasOtherSize(BpfTypeLayout type, Dictionary<BpfTypeLayout, bool> known)
    {
        if (!known.TryGetValue(type, out bool has))
            known[type] = has =
                type is { Kind: BpfTypeKind.Enum or BpfTypeKind.SignedEnum, Size: < 4 }
                || type.Name == "__va_list_tag"
                || type.Fields.Any(field => HasOtherSize(field.Type, known));
        return has;
    }

    private static IEnumerable<(string What, int Ours)> FactsOf(BtfType type, BpfTypeLayout layout)
    {
        string name = "struct " + type.Name;
        yield return ($"sizeof({name})", layout.Size);
        foreach (BpfFieldLayout field in layout.Fields.Where(static field => field.BitSize == 0 && field.Name.Length != 0))
        {
            yield return ($"__builtin_offsetof({name}, {field.Name})", field.Offset);
            yield return ($"sizeof((({name} *)0)->{field.Name})", field.Size);
        }
    }

    /// <summary>The values of constant expressions, from the data of an object that is compiled from them.</summary>
    private static byte[] Measure(string header, IEnumerable<string> expressions)
    {
        StringBuilder source = new(header);
        source.Append("const int facts[] = {\n").AppendJoin(",\n", expressions).Append("\n};\n");
        ElfFile elf = ElfFile.Parse(new FileView(ClangCompiler.CompileTextWithoutTypes(source.ToString()), "facts.o"));
        return elf.Data(elf.Find(".rodata")!).Span.ToArray();
    }
}
