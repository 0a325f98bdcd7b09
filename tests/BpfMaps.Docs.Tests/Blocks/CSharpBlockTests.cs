using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>The C# of the pages compiles as it stands there, and what is a program runs on the kernel and prints what the page says.</summary>
public sealed class CSharpBlockTests
{
    public static TheoryData<string> Blocks => [.. Documentation.Blocks.Where(static block => block.Language == "csharp" && !DiagnosticPage.IsOne(block.Page)).Select(static block => block.Name)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_CompilesAndRuns(string name)
    {
        CodeBlock block = Documentation.Block(name);
        Snippet snippet = Snippet.Compile(block);

        IReadOnlyList<Diagnostic> diagnostics = await snippet.Diagnose();
        Assert.True(
            block.Words(Mark.Reports).Order(StringComparer.Ordinal).SequenceEqual(diagnostics.Select(static problem => problem.Id).Distinct().Order(StringComparer.Ordinal)),
            $"{block} is to report {(block.Has(Mark.Reports) ? block.Marks[Mark.Reports] : "nothing")}, and what is reported is:\n{Snippet.Describe(diagnostics)}");

        if (block.Has(Mark.NotRun))
        {
            Assert.True(block.Marks[Mark.NotRun].Length != 0, $"{block} is not run: say why.");
            return;
        }

        if (snippet.HasStatements)
            StatedOutput.Check(block, SnippetRun.Run(snippet));
    }

}
