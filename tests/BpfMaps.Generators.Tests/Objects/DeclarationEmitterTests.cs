using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>The output of <c>bpfmaps generate</c>.</summary>
public sealed class DeclarationEmitterTests
{
    [Theory]
    [InlineData("maps")]
    [InlineData("structs")]
    public async Task Declarations_CompileAndFitTheirObject(string fixture)
    {
        TextFile layout = new($"/{fixture}.bpf.layout", TextFile.Fixture(fixture + ".layout").Content);
        string code = Emit(layout.Content, fixture + ".bpf.o");

        GeneratorDriver driver = Generation.RunClean("using System.Linq;\n" + code, files: layout);

        Assert.NotEmpty(driver.Sources());
        CSharpCompilation compilation = Generation.Compile(code);
        Diagnose.CheckParity(compilation);
        Assert.Empty(await Diagnose.Report<BpfMaps.Generators.Analyzers.MapDeclarationAnalyzer>(compilation, [layout]));
        Assert.Empty(await Diagnose.Report<BpfMaps.Generators.Analyzers.ObjectMapAnalyzer>(compilation, [layout]));
        Assert.Empty(await Diagnose.Report<BpfMaps.Generators.Analyzers.KeyPaddingAnalyzer>(compilation, [layout]));
    }

    [Fact]
    public async Task PaddingOfKeys_HasNames()
    {
        TextFile layout = new(
            "/x.bpf.layout",
            """
            bpf-layout 1
            object byte-order=little
            map flows type=Hash key=struct:key key-size=48 value=struct:value value-size=16 max-entries=2
            map routes type=LpmTrie key=struct:prefix key-size=12 value=u32 value-size=4 max-entries=2 flags=0x1
            type struct:inner size=8 align=4
              field 0 u8 kind
              field 4 u32 number
            type struct:key size=48 align=8
              field 0 u32 flags bits=0:4
              field 8 struct:inner[2] pair
              field 24 u8 last
            type struct:prefix size=12 align=4
              field 0 u32 prefixlen
              field 4 u8 zone
              field 8 u32 address
            type struct:value size=16 align=8
              field 0 u8 kind
              field 8 u64 count
            """
        );
        string code = Emit(layout.Content, "x.bpf.o");

        Generation.RunClean(code, files: layout);
        CSharpCompilation compilation = Generation.Compile(code);
        Assert.Empty(await Diagnose.Report<BpfMaps.Generators.Analyzers.KeyPaddingAnalyzer>(compilation, [layout]));
        Assert.Empty(await Diagnose.Report<BpfMaps.Generators.Analyzers.ObjectMapAnalyzer>(compilation, [layout]));
        Assert.Contains(
            """
                [FieldOffset(0)] private byte _at0;
                [FieldOffset(1)] private byte _pad0;
                [FieldOffset(2)] private ushort _pad1;
                [FieldOffset(4)] private uint _pad2;
                [FieldOffset(25)] private Bytes16 _pad3;
                [FieldOffset(41)] private byte _pad4;
                [FieldOffset(42)] private ushort _pad5;
                [FieldOffset(44)] private uint _pad6;
            """,
            code,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            public partial struct PrefixData
            {
                [FieldOffset(1)] private byte _pad0;
                [FieldOffset(2)] private byte _pad1;
                [FieldOffset(3)] private byte _pad2;

            """,
            code,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            public partial struct Value
            {
                /// <summary><c>kind</c>.</summary>
            """,
            code,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void PerCpuValues_SayHowTheyAddUp()
    {
        string code = Emit(
            """
            bpf-layout 1
            object byte-order=little
            map cpus type=PerCpuArray key=u32 key-size=4 value=struct:value value-size=24 max-entries=2
            map text type=PerCpuArray key=u32 key-size=4 value=char[8] value-size=8 max-entries=2
            type struct:value size=24 align=8
              field 0 u64 calls
              field 8 char[16] comm
            """,
            "x.bpf.o"
        );

        Generation.RunClean(code);
        Assert.Contains("public static void Accumulate(ref Value total, in Value value)", code, StringComparison.Ordinal);
        Assert.Contains(
            "/// <remarks>The values cannot be added up: a total is the value of the first CPU.</remarks>",
            code,
            StringComparison.Ordinal
        );
        Assert.Contains("public static void Accumulate(ref TextValue total, in TextValue value)", code, StringComparison.Ordinal);
    }

    private static string Emit(string layout, string objectFile)
    {
        LayoutFile file = LayoutFileParser.Parse(layout, out LayoutFileError? error)!;
        Assert.Null(error);
        return DeclarationEmitter.Emit(file, objectFile, "Acme");
    }
}
