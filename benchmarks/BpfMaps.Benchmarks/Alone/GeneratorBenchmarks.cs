extern alias generator;

using System.Text;
using BenchmarkDotNet.Attributes;
using generator::BpfMaps.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Benchmarks;

/// <summary>Measures the generator in a compiler and an editor: a cold start with many declarations, and subsequent edits.</summary>
public class GeneratorBenchmarks
{
    private const int Declarations = 1_000;

    private static readonly CSharpParseOptions s_options = new(LanguageVersion.CSharp14);

    private CSharpCompilation _compilation = null!;
    private GeneratorDriver _driver = null!;
    private int _edits;

    [GlobalSetup]
    public void Setup()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = trusted
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(BpfMapAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        IEnumerable<SyntaxTree> trees = Enumerable
            .Range(0, Declarations)
            .Select(number => Parse(Declaration(number)))
            .Prepend(Parse("class Unrelated { int Edit() => 0; }"));
        _compilation = CSharpCompilation.Create(
            "Declarations",
            trees,
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        _driver = NewDriver().RunGenerators(_compilation);
        int generated = _driver.GetRunResult().GeneratedTrees.Length;
        if (generated != Declarations)
            throw new InvalidOperationException($"Only {generated} of {Declarations} classes were generated.");
    }

    [Benchmark(Description = "generator: 1,000 declarations, cold")]
    public GeneratorDriver Cold() => NewDriver().RunGenerators(_compilation);

    [Benchmark(Description = "generator: 1,000 declarations, an edit elsewhere")]
    public void EditElsewhere() => Edit(0, $"class Unrelated {{ int Edit() => {_edits++}; }}");

    [Benchmark(Description = "generator: 1,000 declarations, an edit of one")]
    public void EditOne() => Edit(1, Declaration(0).Replace("Bytes", $"Bytes{_edits++}", StringComparison.Ordinal));

    private void Edit(int tree, string source) =>
        _driver = _driver.RunGenerators(_compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[tree], Parse(source)));

    private static CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new BpfMapGenerator().AsSourceGenerator()], parseOptions: s_options);

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, s_options, encoding: Encoding.UTF8);

    private static string Declaration(int number) =>
        $$"""
            using BpfMaps;

            namespace Declared;

            [BpfMap(Type = BpfMapType.{{(number % 2 == 0 ? "Hash" : "PerCpuHash")}}, MaxEntries = 1024)]
            public struct Flow{{number}}
            {
                public struct Key { public Be32 Source, Destination; public Be16 SourcePort, DestinationPort; }
                public ulong Packets, Bytes;
                public uint Errors, Drops;
            }
            """;
}
