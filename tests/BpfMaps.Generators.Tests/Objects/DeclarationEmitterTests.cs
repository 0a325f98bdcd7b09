using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>What <c>bpfmaps generate</c> writes: declarations that the generator and the analyzers take without a complaint.</summary>
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
    }

    [Fact]
    public void PerCpuValues_SayHowTheyAddUp()
    {
        string code = Emit("""
            bpf-layout 1
            object byte-order=little
            map cpus type=PerCpuArray key=u32 key-size=4 value=struct:value value-size=24 max-entries=2
            map text type=PerCpuArray key=u32 key-size=4 value=char[8] value-size=8 max-entries=2
            type struct:value size=24 align=8
              field 0 u64 calls
              field 8 char[16] comm
            """, "x.bpf.o");

        Generation.RunClean(code);
        Assert.Contains("public static void Accumulate(ref Value total, in Value value)", code, StringComparison.Ordinal);
        Assert.Contains("// The map 'text' (PerCpuArray) has no declaration: its values have no sum.", code, StringComparison.Ordinal);
    }

    private static string Emit(string layout, string objectFile)
    {
        LayoutFile file = LayoutFileParser.Parse(layout, out LayoutFileError? error)!;
        Assert.Null(error);
        return DeclarationEmitter.Emit(file, objectFile, "Acme");
    }
}
