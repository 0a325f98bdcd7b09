using System.Diagnostics;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.House.Tests;

/// <summary>
/// Comments and pages are at most 140 columns wide. Code is wrapped by the formatter, which leaves comments and strings as they are.
/// </summary>
public sealed class WidthTests
{
    private const int Limit = 140;

    [Fact]
    public void Comments_FitTheWidth() =>
        Assert.Empty(
            from file in FilesOf("*.cs")
            from line in LinesOf(file)
            where line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && line.IsTooLong
            select line
        );

    /// <summary>Tables and the output of commands cannot be wrapped, and neither can an address.</summary>
    [Fact]
    public void Pages_FitTheWidth() =>
        Assert.Empty(
            from file in FilesOf("*.md")
            from line in WithoutCode(LinesOf(file))
            where line.IsTooLong && !line.Text.Contains('|') && !line.Text.Contains("](http")
            select line
        );

    private static IEnumerable<Line> LinesOf(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, file)).Select((text, index) => new Line(file, index + 1, text));

    private static IEnumerable<Line> WithoutCode(IEnumerable<Line> lines)
    {
        bool isCode = false;
        foreach (Line line in lines)
        {
            if (line.Text.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode)
                yield return line;
        }
    }

    /// <summary>Gets the files of the repository, without snapshots of generated code.</summary>
    private static List<string> FilesOf(string pattern)
    {
        ProcessStartInfo start = new("git", ["ls-files", pattern]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        using Process git = Process.Start(start)!;
        string[] files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. files.Where(static file => !file.EndsWith(".verified.cs", StringComparison.Ordinal))];
    }

    private sealed record Line(string File, int Number, string Text)
    {
        public bool IsTooLong => Text.Length > Limit;

        public override string ToString() => $"{File}:{Number} has {Text.Length} columns: {Text}";
    }
}
