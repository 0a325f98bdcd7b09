using System.Collections.Immutable;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>If a map type is ambiguous, builds do not run analyzers, and the generator reports errors instead.</summary>
public sealed class AmbiguousTypeTests
{
    private const string Usings = "using System; using BpfMaps; using static BpfMaps.BpfMapType;\n";

    [Fact]
    public void AmbiguousKind_IsReportedByTheGenerator_WithAllOtherErrors() =>
        Assert.Equal(
            ["BPFMAP003", "BPFMAP016", "BPFMAP022"],
            Reported(
                """
                [BpfMap(Type = Array, MaxEntries = 4)] public struct A { public ulong X; }
                [BpfMap(Type = Hash, Key = typeof(uint), MaxEntries = 0)] public struct B { public bool X; }
                """
            )
        );

    [Fact]
    public void KindThatIsNotThere_IsReportedByTheGenerator() =>
        Assert.Equal(["BPFMAP003"], Reported("[BpfMap(Type = Missing)] public struct A { public ulong X; }"));

    [Theory]
    [InlineData("[BpfMap(Type = BpfMapType.Array, MaxEntries = 0)] public struct A { public bool X; }")]
    [InlineData("[BpfMap(MaxEntries = 4)] public struct A { public ulong X; }")]
    [InlineData("[BpfMap(Type = (BpfMapType)99)] public struct A { public ulong X; }")]
    [InlineData("public struct A { public ulong X; }")]
    public void OtherErrors_AreLeftToTheAnalyzers(string source) => Assert.Empty(Reported(source));

    private static IEnumerable<string> Reported(string source)
    {
        CSharpCompilation compilation = Generation.Compile(Usings + source);
        GeneratorDriver build = Generation.CreateDriver(Generation.ParseOptions, [], IncrementalGeneratorOutputKind.None);
        build.RunGeneratorsAndUpdateCompilation(
            compilation,
            out _,
            out ImmutableArray<Diagnostic> reported,
            TestContext.Current.CancellationToken
        );
        return reported.OrderBy(static d => d.Location.SourceSpan.Start).Select(static d => d.Id);
    }
}
