using System.Collections.Immutable;
using BpfMaps.CodeFixes.Objects;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Declarations from real objects compile and match the objects.</summary>
public sealed class ObjectTextTests
{
    private static readonly string[] s_files = ["structs", "maps"];

    /// <summary>Maps without a class, and types that C# cannot declare.</summary>
    private static readonly string[] s_notWritten = ["events", "outer", "sizes_only", "numbers"];

    public static TheoryData<string, string> Maps =>
        [.. s_files.SelectMany(static file => Read(file).File!.Maps.Select(map => new TheoryDataRow<string, string>(file, map.Name)))];

    [Theory]
    [MemberData(nameof(Maps))]
    public async Task WrittenDeclaration_FitsItsObject(string file, string name)
    {
        ObjectLayout layout = Read(file);
        string[]? lines = MapDeclarationWriter.Of(ObjectMap.Find(layout, name)!, "Declared", "public");
        Assert.Equal(Array.IndexOf(s_notWritten, name) >= 0, lines is null);
        if (lines is null)
            return;
        string source = string.Join('\n', lines);
        Generation
            .CreateDriver()
            .RunGeneratorsAndUpdateCompilation(
                Generation.Compile(source),
                out Compilation output,
                out _,
                TestContext.Current.CancellationToken
            );
        AnalyzerOptions options = new([new LayoutText(file)]);
        CompilationWithAnalyzers analyzed = output.WithAnalyzers(
            [new ObjectMapAnalyzer(), new MapDeclarationAnalyzer(), new KeyPaddingAnalyzer()],
            options
        );
        ImmutableArray<Diagnostic> reported = await analyzed.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.True(
            reported.All(static d => d.Id is "CS1591" || d.Severity == DiagnosticSeverity.Hidden),
            string.Join('\n', reported) + "\n" + source
        );
    }

    private static ObjectLayout Read(string file) => new(new LayoutText(file), CancellationToken.None);

    private sealed class LayoutText(string file) : AdditionalText
    {
        public override string Path => $"/{file}.bpf.layout";

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) =>
            Microsoft.CodeAnalysis.Text.SourceText.From(Repository.Read($"tests/BpfMaps.Runtime.Tests/Btf/Fixtures/{file}.layout"));
    }
}
