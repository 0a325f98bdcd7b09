using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>
/// Tests that the C# code of the pages compiles unchanged, and that its programs run on the kernel and print what the page shows.
/// </summary>
public sealed class CSharpBlockTests
{
    public static TheoryData<string> Blocks =>
        [
            .. Documentation
                .Blocks.Where(static block => block.Language == "csharp" && !DiagnosticPage.IsOne(block.Page))
                .Select(static block => block.Name),
        ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_CompilesAndRuns(string name)
    {
        CodeBlock block = Documentation.Block(name);
        Snippet snippet = Snippet.Compile(block);

        IReadOnlyList<Diagnostic> diagnostics = await snippet.Diagnose();
        Assert.True(
            block
                .Words(Mark.Reports)
                .Order(StringComparer.Ordinal)
                .SequenceEqual(diagnostics.Select(static problem => problem.Id).Distinct().Order(StringComparer.Ordinal)),
            $"{block} must report {(block.Has(Mark.Reports) ? block.Marks[Mark.Reports] : "nothing")}, but the reported diagnostics are:\n{Snippet.Describe(diagnostics)}"
        );

        if (block.Has(Mark.NotRun))
        {
            Assert.True(block.Marks[Mark.NotRun].Length != 0, $"{block} is not run: add the reason to its mark.");
            return;
        }

        if (snippet.HasStatements)
            StatedOutput.Check(block, SnippetRun.Run(snippet));
    }
}
