using System.Collections.Immutable;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Tests.Incremental;

/// <summary>C# and layout files are separate branches of the pipeline: an edit of one does not read the other again.</summary>
public sealed class LayoutIncrementalityTests
{
    private const string Flow = """
        using BpfMaps;
        [BpfMap(Type = BpfMapType.Queue)] public struct Flow { public ulong Id; }
        """;

    private static readonly TextFile s_structs = TextFile.Fixture("structs.layout");
    private static readonly TextFile s_maps = TextFile.Fixture("maps.layout");

    [Fact]
    public async Task EditOfCSharp_ReadsNoLayout()
    {
        Recorder recorder = new();
        CSharpCompilation compilation = Generation.Compile(Flow);
        await Analyze(recorder, compilation, s_structs, s_maps);
        await Analyze(
            recorder,
            compilation.AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(
                    "class Added;",
                    Generation.ParseOptions,
                    cancellationToken: TestContext.Current.CancellationToken
                )
            ),
            s_structs,
            s_maps
        );
        Assert.Equal(2, recorder.Seen.Count);
        Assert.Equal(2, recorder.Seen[0].Length);
        Assert.All(recorder.Seen[0].Zip(recorder.Seen[1]), static pair => Assert.Same(pair.First, pair.Second));
    }

    [Fact]
    public async Task EditOfALayout_ReadsThatOneOnly()
    {
        Recorder recorder = new();
        CSharpCompilation compilation = Generation.Compile(Flow);
        await Analyze(recorder, compilation, s_structs, s_maps);
        await Analyze(
            recorder,
            compilation,
            s_structs,
            new TextFile(s_maps.Path, s_maps.Content.Replace("license=Dual%20MIT/GPL", "license=GPL", StringComparison.Ordinal))
        );
        (ObjectLayout mapsBefore, ObjectLayout structsBefore) = (recorder.Seen[0][0], recorder.Seen[0][1]);
        (ObjectLayout mapsAfter, ObjectLayout structsAfter) = (recorder.Seen[1][0], recorder.Seen[1][1]);
        Assert.Same(structsBefore, structsAfter);
        Assert.Equal("GPL", mapsAfter.File!.License);
        Assert.NotSame(mapsBefore, mapsAfter);
    }

    [Fact]
    public async Task Analyzers_ShareWhatWasRead()
    {
        Recorder first = new(),
            second = new();
        await Analyze(Generation.Compile(Flow), [first, second], s_structs);
        Assert.Same(Assert.Single(Assert.Single(first.Seen)), Assert.Single(Assert.Single(second.Seen)));
    }

    [Fact]
    public void EditOfALayout_ParsesNoDeclaration()
    {
        CSharpCompilation compilation = Generation.Compile(Flow);
        GeneratorDriver driver = Generation
            .CreateDriver()
            .AddAdditionalTexts([s_structs])
            .RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver = driver
            .ReplaceAdditionalTexts([new TextFile(s_structs.Path, s_maps.Content)])
            .RunGenerators(compilation, TestContext.Current.CancellationToken);
        IEnumerable<IncrementalStepRunReason> reasons = driver
            .GetRunResult()
            .Results.Single()
            .TrackedSteps[BpfMapGenerator.MapsStep]
            .SelectMany(static s => s.Outputs)
            .Select(static o => o.Reason);
        Assert.Equal([IncrementalStepRunReason.Cached], reasons);
    }

    private static Task<ImmutableArray<Diagnostic>> Analyze(Recorder recorder, CSharpCompilation compilation, params TextFile[] files) =>
        Analyze(compilation, [recorder], files);

    private static Task<ImmutableArray<Diagnostic>> Analyze(
        CSharpCompilation compilation,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        params TextFile[] files
    ) =>
        compilation
            .WithAnalyzers(analyzers, new AnalyzerOptions([.. files]))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    /// <summary>Reads layout files like the analyzers, and records the results.</summary>
#pragma warning disable RS1001 // No compiler is to find it: these tests run it.
    private sealed class Recorder : DiagnosticAnalyzer
#pragma warning restore RS1001
    {
        public List<ImmutableArray<ObjectLayout>> Seen { get; } = [];

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("TEST001", "Reads layouts", "Reads layouts", "Tests", DiagnosticSeverity.Info, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterCompilationStartAction(start => Seen.Add(ObjectLayouts.Read(start).All));
        }
    }
}
