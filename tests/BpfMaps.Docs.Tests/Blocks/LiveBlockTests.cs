using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that the commands of a page print what the page says, when they run on loaded maps one after the other.</summary>
public sealed class LiveBlockTests
{
    public static TheoryData<string> Pages =>
        [
            .. Documentation
                .Blocks.Where(static block => block.Language == "sh" && block.Has(Mark.Live))
                .Select(static block => block.Page.Path)
                .Distinct(),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_PrintTheStatedOutput(string page)
    {
        CodeBlock[] blocks =
        [
            .. Documentation.Blocks.Where(block => block.Page.Path == page && block.Language == "sh" && block.Has(Mark.Live)),
        ];
        foreach (IGrouping<string, CodeBlock> session in blocks.GroupBy(static block => block.Words(Mark.Live).Single()))
        {
            using LiveSession live = new(BpfSource.Named(session.Key, session.Last()));
            foreach (CodeBlock block in session)
                StatedOutput.Check(block, live.Run(block.Text));
        }
    }
}
