using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that blocks are compiled and run as the pages specify.</summary>
public sealed class SnippetTests
{
    private const string Declaration = """
        <!-- file: jobs.cs -->
        ```csharp
        using BpfMaps;

        [BpfMap(Type = BpfMapType.Queue, MaxEntries = 4)]
        public struct Job { public ulong Id; }
        ```

        """;

    [Fact]
    public void NamedBlocks_PrecedeTheBlock()
    {
        CodeBlock block = Last(
            Declaration
                + """
                <!-- needs: jobs -->
                ```csharp
                using JobMap jobs = JobMap.Create();
                Console.WriteLine(jobs.TryEnqueue(new Job { Id = 1 }));
                ```
                """
        );

        Assert.Equal("True\n", SnippetRun.Run(Snippet.Compile(block)));
    }

    [Fact]
    public async Task Error_IsReportedAtItsLineInThePage()
    {
        CodeBlock block = Last(
            Declaration
                + """
                <!-- continues -->
                ```csharp
                JobMap jobs = JobMap.Create();
                jobs.TryEnqueue(new Job { Name = 1 });
                ```
                """
        );

        IReadOnlyList<Diagnostic> diagnostics = await Snippet.Compile(block).Diagnose();

        Assert.Equal(
            [("BPFMAP033", 10), ("CS0117", 11)],
            diagnostics.Select(static problem => (problem.Id, problem.Location.GetMappedLineSpan().StartLinePosition.Line + 1))
        );
    }

    [Fact]
    public void StatementAfterAType_IsRejected()
    {
        CodeBlock block = Last("```csharp\npublic class C;\n\nConsole.WriteLine();\n```\n");

        Assert.Throws<Xunit.Sdk.TrueException>(() => Snippet.Compile(block));
    }

    [Fact]
    public void ProgramThatEndsWithAnException_Fails()
    {
        CodeBlock block = Last("```csharp\nthrow new InvalidOperationException(\"why\");\n```\n");

        Assert.Contains(
            "why",
            Assert.Throws<Xunit.Sdk.TrueException>(() => SnippetRun.Run(Snippet.Compile(block))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void UnitTest_IsRun(int expected, bool passes)
    {
        CodeBlock block = Last(
            Declaration
                + $$"""
                <!-- needs: jobs -->
                ```csharp
                using Xunit;

                public sealed class JobTests
                {
                    [Fact]
                    public void Job_IsPrinted()
                    {
                        using JobMap jobs = JobMap.Create(new InMemoryBpfHost());
                        jobs.TryEnqueue(new Job { Id = 1 });
                        jobs.TryDequeue(out Job job);
                        Assert.Equal({{expected}}ul, job.Id);
                    }
                }
                ```
                """
        );

        Snippet snippet = Snippet.Compile(block);

        if (passes)
            Assert.Equal("passed: Job_IsPrinted\n", SnippetRun.Run(snippet));
        else
            Assert.Throws<Xunit.Sdk.TrueException>(() => SnippetRun.Run(snippet));
    }

    private static CodeBlock Last(string page) => PageReader.Read("page.md", page).Blocks[^1];
}
