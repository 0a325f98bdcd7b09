using System.Collections.Immutable;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests of the page of a diagnostic: the example reports it, the fix does not, and the suppression works.</summary>
public sealed class DiagnosticPageTests
{
    public static TheoryData<string> Examples => Blocks("Example", "csharp");

    public static TheoryData<string> Fixes => Blocks("Fix", "csharp");

    public static TheoryData<string> Suppressions => Blocks("How to suppress", "csharp", "ini");

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_ReportsTheDiagnosticAtTheMarkedLines(string name)
    {
        CodeBlock block = Documentation.Block(name);
        string id = DiagnosticPage.IdOf(block.Page);
        string[] expected = block.Has(Mark.Reports) ? block.Words(Mark.Reports) : [id];

        IReadOnlyList<Diagnostic> diagnostics = await Diagnose(block);

        Assert.Contains(id, expected);
        Assert.True(
            expected.SequenceEqual(diagnostics.Select(static problem => problem.Id).Distinct().Order(StringComparer.Ordinal)),
            $"{block} must report {string.Join(", ", expected)}, but the reported diagnostics are:\n{Snippet.Describe(diagnostics)}"
        );
        Assert.Equal(LinesWith(id, block), diagnostics.Where(problem => problem.Id == id).Select(LineOf).Distinct());
    }

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task Fix_ReportsNothing(string name)
    {
        IReadOnlyList<Diagnostic> diagnostics = await Diagnose(Documentation.Block(name));

        Assert.True(
            diagnostics.Count == 0,
            $"{name} must report nothing, but the reported diagnostics are:\n{Snippet.Describe(diagnostics)}"
        );
    }

    [Theory]
    [MemberData(nameof(Suppressions))]
    public async Task Suppression_SuppressesTheDiagnostic(string name)
    {
        CodeBlock block = Documentation.Block(name);
        string id = DiagnosticPage.IdOf(block.Page);
        string pragma = block.Language == "csharp" ? block.Text : "";
        ImmutableDictionary<string, ReportDiagnostic> severities = ImmutableDictionary<string, ReportDiagnostic>.Empty;
        if (block.Language == "ini")
        {
            Assert.EndsWith($"dotnet_diagnostic.{id}.severity = none\n", block.Text, StringComparison.Ordinal);
            severities = severities.Add(id, ReportDiagnostic.Suppress);
        }

        CodeBlock[] examples = [.. block.Page.Blocks.Where(static other => other is { Section: "Example", Language: "csharp" })];

        Assert.NotEmpty(examples);
        foreach (CodeBlock example in examples)
            Assert.Empty(await Diagnose(example, pragma, severities));
    }

    /// <summary>Gets the reported diagnostics. Those that only offer a refactoring are tested on their own pages.</summary>
    private static Task<IReadOnlyList<Diagnostic>> Diagnose(
        CodeBlock block,
        string before = "",
        ImmutableDictionary<string, ReportDiagnostic>? severities = null
    ) => Snippet.Compile(block, DiagnosticPage.GlobalUsings, before, severities).Diagnose(hint: DiagnosticPage.IdOf(block.Page));

    private static TheoryData<string> Blocks(string section, params string[] languages) =>
        [
            .. Documentation
                .Blocks.Where(block => DiagnosticPage.IsOne(block.Page) && block.Section == section && languages.Contains(block.Language))
                .Select(static block => block.Name),
        ];

    private static IEnumerable<int> LinesWith(string id, CodeBlock block) =>
        block
            .Text.Split('\n')
            .Select((line, index) => (Line: line, Number: block.Line + index))
            .Where(line => line.Line.Contains($"// {id}", StringComparison.Ordinal))
            .Select(static line => line.Number);

    private static int LineOf(Diagnostic problem) => problem.Location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
