using System.Collections.Immutable;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>Layout files and declarations are separate branches of the pipeline: an edit of one side does not affect the other.</summary>
public sealed class ObjectIncrementalityTests
{
    private const string Source = """
        using BpfMaps;
        [BpfObject("a.bpf.o")] public sealed partial class A;
        [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "a.bpf.o", Name = "flows")] public struct Flow { public ulong Packets; }
        """;

    private const string Layout = """
        bpf-layout 1
        object byte-order=little
        map flows type=Hash key=u32 key-size=4 value=u64 value-size=8 max-entries=1
        map other type=Hash key=u32 key-size=4 value=u64 value-size=8 max-entries=1

        """;

    [Fact]
    public void EditOfCSharp_ParsesNoLayoutAndEmitsNothing()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = Start();

        GeneratorDriverRunResult result = Edit(driver, compilation, Source + "\nclass Unrelated { }").GetRunResult();

        Assert.Equal([Reason.Cached], Reasons(result, BpfMapGenerator.LayoutsStep));
        Assert.Equal([Reason.Cached], Reasons(result, BpfMapGenerator.ObjectsStep));
        Assert.All(OutputReasons(result), static reason => Assert.Equal(Reason.Cached, reason));
    }

    [Fact]
    public void EditOfALayout_ParsesNoDeclaration()
    {
        GeneratorDriverRunResult result = Replace(
            new("/a.bpf.layout", Layout),
            Layout.Replace("map other", "map another", StringComparison.Ordinal)
        );

        Assert.Equal([Reason.Cached], Reasons(result, BpfMapGenerator.MapsStep));
        Assert.Equal([Reason.Modified], Reasons(result, BpfMapGenerator.LayoutsStep));
        Assert.Contains(result.GeneratedTrees, static tree => tree.FilePath.Contains("AnotherMap", StringComparison.Ordinal));
    }

    [Fact]
    public void EditOfALayoutThatSaysTheSame_EmitsNothing()
    {
        GeneratorDriverRunResult result = Replace(new("/a.bpf.layout", Layout), Layout.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal([Reason.Unchanged], Reasons(result, BpfMapGenerator.LayoutsStep));
        Assert.All(OutputReasons(result), static reason => Assert.Equal(Reason.Cached, reason));
    }

    [Fact]
    public void EditOfAnotherObjectsLayout_EmitsNothing()
    {
        GeneratorDriverRunResult result = Replace(
            new("/b.bpf.layout", Layout),
            Layout.Replace("map other", "map another", StringComparison.Ordinal),
            new TextFile("/a.bpf.layout", Layout)
        );

        Assert.Equal([Reason.Cached, Reason.Modified], Reasons(result, BpfMapGenerator.LayoutsStep));
        Assert.All(OutputReasons(result), static reason => Assert.Equal(Reason.Cached, reason));
    }

    [Fact]
    public void EditOfAValueStruct_LeavesTheObjectAsItIs()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = Start();

        GeneratorDriverRunResult result = Edit(driver, compilation, Source.Replace("Packets;", "Packets, Bytes;", StringComparison.Ordinal))
            .GetRunResult();

        Assert.Equal([Reason.Modified], Reasons(result, BpfMapGenerator.MapsStep));
        Assert.Equal([Reason.Cached], Reasons(result, BpfMapGenerator.LayoutsStep));
        // The step runs again because it collects claims, but its output is unchanged.
        Assert.All(Reasons(result, BpfMapGenerator.ObjectsStep), static reason => Assert.True(reason is Reason.Cached or Reason.Unchanged));
    }

    [Fact]
    public void ModelGraph_HoldsNothingOfRoslyns()
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        GeneratorDriver driver = Generation
            .CreateDriver(
                new TextFile("/structs.bpf.layout", TextFile.Fixture("structs.layout").Content),
                new TextFile("/a.bpf.layout", Layout)
            )
            .RunGenerators(Generation.Compile(Source), TestContext.Current.CancellationToken);

        foreach (string step in new[] { BpfMapGenerator.LayoutsStep, BpfMapGenerator.ObjectsStep })
        {
            foreach ((object value, _) in driver.GetRunResult().Results.Single().TrackedSteps[step].SelectMany(static s => s.Outputs))
                Incremental.IncrementalityTests.Walk(value, value.GetType().Name, seen);
        }

        Assert.Contains(seen, static o => o is BpfMaps.Generators.Layouts.LayoutField);
        Assert.Contains(seen, static o => o is BpfMaps.Generators.Model.MapClaimSpec);
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) Start()
    {
        CSharpCompilation compilation = Generation.Compile(Source);
        return (Generation.CreateDriver(new TextFile("/a.bpf.layout", Layout)).RunGenerators(compilation), compilation);
    }

    private static GeneratorDriver Edit(GeneratorDriver driver, CSharpCompilation compilation, string source)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        return driver.RunGenerators(
            compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(source, Generation.ParseOptions, path: tree.FilePath))
        );
    }

    private static GeneratorDriverRunResult Replace(TextFile before, string text, params AdditionalText[] others)
    {
        CSharpCompilation compilation = Generation.Compile(Source);
        GeneratorDriver driver = Generation
            .CreateDriver([.. others, before])
            .RunGenerators(compilation, TestContext.Current.CancellationToken);
        return driver
            .ReplaceAdditionalText(before, new TextFile(before.Path, text))
            .RunGenerators(compilation, TestContext.Current.CancellationToken)
            .GetRunResult();
    }

    private static ImmutableArray<Reason> Reasons(GeneratorDriverRunResult result, string step) =>
        [.. result.Results.Single().TrackedSteps[step].SelectMany(static s => s.Outputs).Select(static o => o.Reason)];

    private static IEnumerable<Reason> OutputReasons(GeneratorDriverRunResult result) =>
        result
            .Results.Single()
            .TrackedOutputSteps.SelectMany(static p => p.Value)
            .SelectMany(static s => s.Outputs)
            .Select(static o => o.Reason);
}
