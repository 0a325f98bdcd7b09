using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Analyzers share parsed declarations of the same compilation.</summary>
public sealed class ParsedMapTests
{
    private const string Source = """
        using BpfMaps;
        [BpfMap(Type = BpfMapType.Queue)] public struct Job { public ulong Id; }
        [BpfMap(Type = BpfMapType.Queue)] public struct Wrong { public bool Id; }
        public struct Other;
        """;

    [Fact]
    public void OneCompilation_IsParsedOnce()
    {
        CSharpCompilation compilation = Generation.Compile(Source);
        ParsedMap? first = Find(compilation, "Job");
        Assert.NotNull(first);
        Assert.Same(first, Find(compilation, "Job"));
        Assert.Equal(("job", 0), (first.Spec?.Name, first.Errors.Length));
    }

    [Fact]
    public void AnotherCompilation_IsParsedAgain() =>
        Assert.NotSame(Find(Generation.Compile(Source), "Job"), Find(Generation.Compile(Source), "Job"));

    [Fact]
    public void MapWithAnError_HasNoSpec()
    {
        ParsedMap? wrong = Find(Generation.Compile(Source), "Wrong");
        Assert.NotNull(wrong);
        Assert.Null(wrong.Spec);
        Assert.Equal("BPFMAP022", Assert.Single(wrong.Errors).Id);
    }

    [Fact]
    public void TypeWithoutTheAttribute_IsNone() => Assert.Null(Find(Generation.Compile(Source), "Other"));

    private static ParsedMap? Find(CSharpCompilation compilation, string name) =>
        ParsedMap.Find(compilation.GetTypeByMetadataName(name)!, compilation);
}
