using System.Reflection;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Incremental;

/// <summary>The steps that run again after an edit.</summary>
public sealed class IncrementalityTests
{
    private const string Flow = """
        using BpfMaps;
        [BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(uint), MaxEntries = 1)]
        public struct Flow { public ulong Packets; }
        """;

    private const string Job = """
        using BpfMaps;
        [BpfMap(Type = BpfMapType.Queue)]
        public struct Job { public ulong Id; }
        """;

    [Fact]
    public void EditOfAnotherFile_EmitsNothing()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = Start(Flow, "class Unrelated { }");
        GeneratorDriverRunResult result = Edit(driver, compilation, 1, "class Unrelated { int _changed; }");
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(result));
        Assert.Equal([IncrementalStepRunReason.Cached], OutputReasons(result));
    }

    [Fact]
    public void EditOfTriviaAroundADeclaration_EmitsNothing()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = Start(Flow);
        GeneratorDriverRunResult result = Edit(
            driver,
            compilation,
            0,
            "// A comment.\n\n" + Flow.Replace("{ public", "{   /* why */  public", StringComparison.Ordinal)
        );
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(result));
        Assert.Equal([IncrementalStepRunReason.Cached], OutputReasons(result));
    }

    [Fact]
    public void EditOfOneDeclaration_EmitsOnlyThatOne()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = Start(Flow, Job);
        GeneratorDriverRunResult result = Edit(driver, compilation, 1, Job.Replace("ulong", "uint", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], Reasons(result));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], OutputReasons(result));
        Assert.Contains("Of<uint>", Source(result, "JobMap"), StringComparison.Ordinal);
    }

    [Fact]
    public void NewDeclaration_LeavesTheOthersAsTheyAre()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = Start(Flow, "");
        GeneratorDriverRunResult result = Edit(driver, compilation, 1, Job);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.New], OutputReasons(result));
    }

    [Fact]
    public void ModelGraph_HoldsNothingOfRoslyns()
    {
        (GeneratorDriver driver, _) = Start(
            Flow,
            Job,
            """
            using BpfMaps;
            namespace Acme;
            public partial class Outer
            {
                [BpfMap(Type = BpfMapType.LpmTrie, Key = typeof(LpmKey<Bytes16>), Flags = BpfMapFlags.ReadOnlyProgram)]
                public struct Route { public BpfText<Bytes16> Name; }
            }
            """
        );
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach (string step in new[] { BpfMapGenerator.ShapeStep, BpfMapGenerator.DeclarationsStep, BpfMapGenerator.MapsStep })
        {
            foreach ((object value, _) in driver.GetRunResult().Results.Single().TrackedSteps[step].SelectMany(static s => s.Outputs))
                Walk(value, value.GetType().Name, seen);
        }
        Assert.Equal(3, seen.OfType<MapSpec>().Count());
        Assert.Contains(seen, static o => o is TypeLayout);
        Assert.Contains(seen, static o => o is Shapes.TreeShape);
    }

    [Fact]
    public void Specs_AreEqualExactlyWhenTheirSourcesSayTheSame()
    {
        MapSpec first = Parse(Flow);
        Assert.Equal(first, Parse(Flow));
        Assert.Equal(first.GetHashCode(), Parse(Flow).GetHashCode());
        string[] changes =
        [
            Flow.Replace("ulong", "long", StringComparison.Ordinal),
            Flow.Replace("Packets", "Bytes", StringComparison.Ordinal),
            Flow.Replace("typeof(uint)", "typeof(int)", StringComparison.Ordinal),
            Flow.Replace("MaxEntries = 1", "MaxEntries = 2", StringComparison.Ordinal),
            Flow.Replace("MaxEntries = 1", "MaxEntries = 1, Flags = BpfMapFlags.NoPrealloc", StringComparison.Ordinal),
            Flow.Replace("MaxEntries = 1", "MaxEntries = 1, MapExtra = 0", StringComparison.Ordinal),
            Flow.Replace("PerCpuHash", "LruPerCpuHash", StringComparison.Ordinal),
            Flow.Replace("public ulong", "[BpfAggregate(Aggregation.Max)] public ulong", StringComparison.Ordinal),
            Flow.Replace("public struct", "internal struct", StringComparison.Ordinal),
        ];
        Assert.All(changes, change => Assert.NotEqual(first, Parse(change)));
    }

    [Fact]
    public void SpecsOfKindsThatHoldSomething_AreEqualExactlyWhenTheirSourcesSayTheSame()
    {
        const string Shards = """
            using BpfMaps;
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint))] public struct Misses { public ulong Count; }
            [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Hits))] public sealed partial class Shards;
            """;
        MapSpec first = Parse(Shards, "Shards");
        Assert.Equal(first, Parse(Shards, "Shards"));
        Assert.Equal(first, Parse(Shards.Replace("ulong", "long", StringComparison.Ordinal), "Shards"));
        string[] changes =
        [
            Shards.Replace("typeof(Hits)", "typeof(Misses)", StringComparison.Ordinal),
            Shards.Replace("typeof(Hits)", "typeof(Hits), ValueSize = 4", StringComparison.Ordinal),
        ];
        Assert.All(changes, change => Assert.NotEqual(first, Parse(change, "Shards")));
    }

    [Fact]
    public void SpecsWithMetrics_AreEqualExactlyWhenTheirSourcesSayTheSame()
    {
        const string Source = """
            using BpfMaps;
            public enum Method : byte { Get = 1 }
            public sealed class Decoder : IBpfLabelDecoder<uint> { public string? Decode(uint value) => null; }
            public sealed class Other : IBpfLabelDecoder<uint> { public string? Decode(uint value) => null; }
            public struct Key { [BpfLabel("a", Decoder = typeof(Decoder), Match = "x")] public uint A; [BpfLabel("m")] public Method M; public byte B; public ushort C; }
            [System.Runtime.CompilerServices.InlineArray(3)] public struct Slots { private uint _first; }
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(Key))]
            public struct Flow
            {
                [BpfCounter("flow.count", Unit = "1", Description = "d")] public ulong Count;
                [BpfHistogram("flow.size", Buckets = BpfBuckets.Explicit, Bounds = new double[] { 1, 2 }, Sum = "Count", Scale = 2)] public Slots Size;
            }
            """;
        MapSpec first = Parse(Source);
        Assert.NotNull(first.Metrics);
        Assert.Equal(first, Parse(Source));
        Assert.Equal(first.GetHashCode(), Parse(Source).GetHashCode());
        (string Old, string New)[] changes =
        [
            ("\"a\"", "\"b\""),
            ("typeof(Decoder)", "typeof(Other)"),
            ("Match = \"x\"", "Match = \"y\""),
            ("Get = 1", "Get = 2"),
            ("Get = 1", "Put = 1"),
            ("Get = 1", "[BpfLabelText(\"t\")] Get = 1"),
            ("flow.count", "flow.counts"),
            ("Unit = \"1\"", "Unit = \"s\""),
            ("Description = \"d\"", "Description = \"e\""),
            ("BpfCounter", "BpfGauge"),
            ("{ 1, 2 }", "{ 1, 3 }"),
            ("Scale = 2", "Scale = 3"),
            (", Sum = \"Count\"", ""),
            ("[BpfLabel(\"m\")] ", ""),
            ("InlineArray(3)", "InlineArray(2)"),
        ];
        Assert.All(
            changes,
            change =>
            {
                string changed = Source.Replace(change.Old, change.New, StringComparison.Ordinal);
                Assert.NotEqual(Source, changed);
                Assert.NotEqual(first.Metrics, Parse(changed).Metrics);
            }
        );
    }

    private static MapSpec Parse(string source, string name = "Flow")
    {
        CSharpCompilation compilation = Generation.Compile(source);
        INamedTypeSymbol type = compilation.GetTypeByMetadataName(name)!;
        return MapParser.Parse(type, type.FindMapAttribute()!, compilation, report: null, CancellationToken.None)!;
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) Start(params string[] files)
    {
        CSharpCompilation compilation = Generation.Compile(files[0]);
        for (int i = 1; i < files.Length; i++)
            compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(files[i], Generation.ParseOptions, path: $"User{i}.cs"));
        return (Generation.CreateDriver().RunGenerators(compilation), compilation);
    }

    private static GeneratorDriverRunResult Edit(GeneratorDriver driver, CSharpCompilation compilation, int file, string text)
    {
        SyntaxTree before = compilation.SyntaxTrees[file];
        SyntaxTree after = before.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(text));
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(before, after)).GetRunResult();
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriverRunResult result) =>
        result.Results.Single().TrackedSteps[BpfMapGenerator.MapsStep].SelectMany(static s => s.Outputs).Select(static o => o.Reason);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorDriverRunResult result) =>
        result
            .Results.Single()
            .TrackedOutputSteps.SelectMany(static p => p.Value)
            .SelectMany(static s => s.Outputs)
            .Select(static o => o.Reason);

    private static string Source(GeneratorDriverRunResult result, string name) =>
        result.Results.Single().GeneratedSources.Single(s => s.HintName.StartsWith(name, StringComparison.Ordinal)).SourceText.ToString();

    /// <summary>Visits all objects that a value references, and fails on Roslyn types.</summary>
    internal static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || (!value.GetType().IsValueType && !seen.Add(value)))
            return;
        Type type = value.GetType();
        Assert.False(type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true, $"{path} is a {type}");
        if (type.IsPrimitive || type.IsEnum || type == typeof(string))
            return;
        if (value is Array items)
        {
            foreach (object? item in items)
                Walk(item, path + "[]", seen);
            return;
        }
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
    }
}
