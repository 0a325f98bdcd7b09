using BpfMaps.Docs.Tests.Pages;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Tests that pages are parsed as they are rendered.</summary>
public sealed class PageReaderTests
{
    [Fact]
    public void Block_HasItsLineLanguageAndSection()
    {
        Page page = PageReader.Read("page.md", "# One\n\n## Two\n\n```csharp\nFirst();\nSecond();\n```\n");

        CodeBlock block = Assert.Single(page.Blocks);
        Assert.Equal(("page.md:6", "csharp", "Two", "First();\nSecond();\n"), (block.Name, block.Language, block.Section, block.Text));
    }

    [Fact]
    public void BlockInAList_LosesTheIndentationOfItsFence() =>
        Assert.Equal(
            "if (x)\n    y();\n",
            Assert.Single(PageReader.Read("page.md", "- item\n\n  ```c\n  if (x)\n      y();\n  ```\n").Blocks).Text
        );

    [Fact]
    public void Marks_AreThoseOfTheCommentsBeforeTheBlock()
    {
        Page page = PageReader.Read(
            "page.md",
            "<!-- needs: a, b; continues -->\n<!-- not run: it waits -->\n```csharp\n```\n\n```csharp\n```\n"
        );

        Assert.Equal(["a", "b"], page.Blocks[0].Words(Mark.Needs));
        Assert.True(page.Blocks[0].Has(Mark.Continues));
        Assert.Equal("it waits", page.Blocks[0].Marks[Mark.NotRun]);
        Assert.Empty(page.Blocks[1].Marks);
    }

    [Theory]
    [InlineData("<!-- wants: a -->\n```csharp\n```\n")]
    [InlineData("<!-- needs: a -->\n\nText.\n")]
    public void CommentWithoutAMark_IsRejected(string text) =>
        Assert.Throws<Xunit.Sdk.TrueException>(() => PageReader.Read("page.md", text));

    [Fact]
    public void BlockWithoutAnEnd_IsRejected() => Assert.Throws<FormatException>(() => PageReader.Read("page.md", "```csharp\nFirst();\n"));

    [Theory]
    [InlineData("In C#", "in-c")]
    [InlineData("What happens when", "what-happens-when")]
    [InlineData("`Drain()` and *others*: [all](x)", "drain-and-others-all")]
    public void Heading_HasItsGitHubAnchor(string heading, string anchor) =>
        Assert.Equal([anchor], PageReader.Read("page.md", $"## {heading}\n").Anchors);

    [Fact]
    public void SecondHeadingWithTheSameText_IsNumbered() =>
        Assert.Equal(["fix", "fix-1"], PageReader.Read("page.md", "# Fix\n\n## Fix\n").Anchors.Order(StringComparer.Ordinal));
}
