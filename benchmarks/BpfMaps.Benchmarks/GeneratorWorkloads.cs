using System.Diagnostics;
using System.Text;
using BpfMaps.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Benchmarks;

/// <summary>What the generator costs: a cold start on many declarations, and the edits that follow. There is no peer in C.</summary>
internal static class GeneratorWorkloads
{
    private const int Declarations = 1_000;

    private static readonly CSharpParseOptions s_options = new(LanguageVersion.CSharp14);

    public static void Run()
    {
        CSharpCompilation compilation = Compile();
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new BpfMapGenerator().AsSourceGenerator()], parseOptions: s_options);

        Measure($"{Declarations} declarations, cold", () => driver = driver.RunGenerators(compilation));
        int generated = driver.GetRunResult().GeneratedTrees.Length;
        if (generated != Declarations)
            throw new InvalidOperationException($"{generated} of {Declarations} classes were generated.");

        for (int edit = 1; edit <= 3; edit++)
        {
            CSharpCompilation edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], Parse($"class Unrelated {{ int Edit() => {edit}; }}"));
            Measure("an edit elsewhere", () => driver = driver.RunGenerators(edited));
        }

        CSharpCompilation changed = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Parse(Declaration(0).Replace("Bytes", "Octets", StringComparison.Ordinal)));
        Measure("an edit of one declaration", () => driver = driver.RunGenerators(changed));
    }

    private static void Measure(string what, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        Console.WriteLine($"generator: {what,-32} {Stopwatch.GetElapsedTime(start).TotalMilliseconds,8:F0} ms");
    }

    private static CSharpCompilation Compile()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(BpfMapAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        IEnumerable<SyntaxTree> trees = Enumerable.Range(0, Declarations).Select(number => Parse(Declaration(number))).Prepend(Parse("class Unrelated { int Edit() => 0; }"));
        return CSharpCompilation.Create("Declarations", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, s_options, encoding: Encoding.UTF8);

    private static string Declaration(int number) => $$"""
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
