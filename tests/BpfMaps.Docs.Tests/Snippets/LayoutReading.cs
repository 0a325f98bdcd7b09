using System.Collections.Immutable;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>Runs the compiler on a .layout file and returns its diagnostics.</summary>
internal static class LayoutReading
{
    public static async Task<IEnumerable<string>> Problems(string text)
    {
        AnalyzerOptions options = new([new AdditionalFile("/page.bpf.layout", text)]);
        ImmutableArray<Diagnostic> problems = await Generation
            .Compile("")
            .WithAnalyzers([new LayoutFileAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return problems.Select(static problem => problem.Id);
    }
}
