using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that the compiler accepts the .layout files of the pages and the documented grammar.</summary>
public sealed partial class LayoutBlockTests
{
    public static TheoryData<string> Layouts => Documentation.Names("layout");

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Layout_IsValidExceptOnThePageOfTheError(string name)
    {
        CodeBlock block = Documentation.Block(name);
        string[] expected = DiagnosticPage.IsOne(block.Page) ? [DiagnosticPage.IdOf(block.Page)] : [];

        Assert.Equal(expected, await LayoutReading.Problems(block.Text));
    }

    [Fact]
    public async Task NumberTypesOfTheGrammar_AreAcceptedAndNoOthers()
    {
        CodeBlock grammar = Assert.Single(Documentation.Blocks, static block => block.Has(Mark.Grammar));
        string rule = Assert.Single(grammar.Text.Split('\n'), static line => line.StartsWith("number-type", StringComparison.Ordinal));
        string[] types = [.. Quoted().Matches(rule).Select(static match => match.Groups[1].Value)];

        Assert.NotEmpty(types);
        Assert.Empty(await LayoutReading.Problems(LayoutOf(types)));
        Assert.NotEmpty(await LayoutReading.Problems(LayoutOf(["u24"])));
    }

    // Offsets with space for the largest number.
    private static string LayoutOf(string[] types) =>
        "bpf-layout 1\nobject byte-order=little license=GPL\n"
        + $"type struct:all size={16 * types.Length} align=1\n"
        + string.Concat(types.Select(static (type, index) => $"  field {16 * index} {type} f{index}\n"));

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
