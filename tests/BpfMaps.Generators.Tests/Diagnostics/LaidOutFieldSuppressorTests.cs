using System.Collections.Immutable;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Tests.Diagnostics;

public sealed class LaidOutFieldSuppressorTests
{
    private const string Source = """
        using BpfMaps;

        [BpfMap(Type = BpfMapType.Hash, MaxEntries = 1)]
        public struct Value
        {
            public struct Key { public uint Address; private uint _padding; }
            public Part Part;
            private uint _padding;
        }

        public struct Part { private uint _padding; }

        public struct Unrelated { private uint _padding; }
        """;

    [Fact]
    public async Task UnusedFieldsOfKeysAndValues_AreNoWarning()
    {
        Assert.Equal(["Key", "Part", "Value"], await ContainingTypes(suppressed: true));
    }

    [Fact]
    public async Task UnusedFieldsOfOtherTypes_AreOne()
    {
        Assert.Equal(["Unrelated"], await ContainingTypes(suppressed: false));
    }

    /// <summary>The types whose unused private field is reported (CS0169), and whether the report is suppressed.</summary>
    private static async Task<IEnumerable<string>> ContainingTypes(bool suppressed)
    {
        Compilation compilation = Generation.Compile(Source);
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true
        );
        CompilationWithAnalyzers analysis = new(compilation, [new LaidOutFieldSuppressor()], options);
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return diagnostics
            .Where(diagnostic => diagnostic.Id == "CS0169" && diagnostic.IsSuppressed == suppressed)
            .Select(diagnostic =>
                compilation
                    .GetSemanticModel(diagnostic.Location.SourceTree!)
                    .GetDeclaredSymbol(diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan))!
                    .ContainingType.Name
            )
            .Order(StringComparer.Ordinal);
    }
}
