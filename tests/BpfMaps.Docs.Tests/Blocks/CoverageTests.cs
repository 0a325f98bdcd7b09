using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that no block of any page is left unchecked.</summary>
public sealed class CoverageTests
{
    // A mermaid diagram is a picture and cannot be run.
    private static readonly string[] s_checked = ["csharp", "c", "sh", "xml", "yaml", "ini", "layout", "mermaid"];

    [Fact]
    public void EveryBlock_IsChecked() =>
        Assert.All(
            Documentation.Blocks,
            static block =>
                Assert.True(
                    IsChecked(block),
                    $"{block}: no test checks blocks of the language '{block.Language}' here. Set its language or, for text, mark its origin."
                )
        );

    [Fact]
    public void EveryPrelude_IsUsed() =>
        Assert.All(
            Prelude.Names,
            static file =>
                Assert.Contains(
                    Documentation.Blocks,
                    block =>
                        block.Words(Mark.Needs).Contains(Path.GetFileNameWithoutExtension(file))
                        || block.Words(Mark.Object).Concat(block.Words(Mark.With)).Contains(file)
                )
        );

    private static bool IsChecked(CodeBlock block)
    {
        if (block.Language == "text")
            return block.Has(Mark.Grammar) || (block.Has(Mark.Output) && BelongsToAProgram(block));
        if (DiagnosticPage.IsOne(block.Page) && block.Language == "csharp")
            return block.Section is "Example" or "Fix" or "How to suppress";
        return s_checked.Contains(block.Language);
    }

    private static bool BelongsToAProgram(CodeBlock output) =>
        output.Page.Blocks.LastOrDefault(block => block.Line < output.Line) is { } program
        && (
            program.Language == "csharp"
                ? !program.Has(Mark.NotRun)
                : program.Language == "sh" && (program.Has(Mark.Object) || program.Has(Mark.Live))
        );
}
