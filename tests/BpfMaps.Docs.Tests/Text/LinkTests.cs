using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Tests that the targets of links and file names exist.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] s_folders = ["src", "docs", "samples", "tests", "benchmarks", ".ci"];

    public static TheoryData<string> Pages => [.. Documentation.Pages.Select(static page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_HaveExistingTargets(string path)
    {
        Page page = Documentation.Page(path);
        foreach ((int number, string text) in page.Prose)
        {
            foreach (string target in Link().Matches(Code().Replace(text, "")).Select(static match => match.Groups["target"].Value))
            {
                if (!target.StartsWith("https://", StringComparison.Ordinal))
                    Assert.True(Leads(page, target), $"{path}:{number}: the target '{target}' does not exist.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void NamedFiles_Exist(string path)
    {
        foreach ((int number, string text) in Documentation.Page(path).Prose)
        {
            foreach (string file in Code().Matches(text).Select(static match => match.Value.Trim('`')).Where(IsPath))
                Assert.True(Exists(Path.Combine(Repository.Root, file)), $"{path}:{number}: the file '{file}' does not exist.");
        }
    }

    [Fact]
    public void Pages_CanBeReachedFromTheReadme()
    {
        HashSet<string> reached = ["README.md"];
        Queue<string> open = new(reached);
        while (open.TryDequeue(out string? path))
        {
            foreach (
                string target in Documentation
                    .Page(path)
                    .Prose.SelectMany(static line => Link().Matches(line.Text))
                    .Select(static match => match.Groups["target"].Value.Split('#')[0])
            )
            {
                string there = Resolve(path, target);
                if (Documentation.Pages.Any(page => page.Path == there) && reached.Add(there))
                    open.Enqueue(there);
            }
        }

        Assert.Empty(
            Documentation
                .Pages.Select(static page => page.Path)
                .Where(static path => !path.StartsWith("src/", StringComparison.Ordinal))
                .Except(reached)
        );
    }

    [Fact]
    public void Index_LinksToAllPagesExceptThoseOfSingleDiagnostics()
    {
        IEnumerable<string> listed = Documentation
            .Page("docs/README.md")
            .Prose.SelectMany(static line => Link().Matches(line.Text))
            .Select(static match => Resolve("docs/README.md", match.Groups["target"].Value));

        Assert.Empty(
            Documentation
                .Pages.Where(static page =>
                    page.Path.StartsWith("docs/", StringComparison.Ordinal) && page.Path != "docs/README.md" && !DiagnosticPage.IsOne(page)
                )
                .Select(static page => page.Path)
                .Except(listed)
        );
    }

    private static bool Leads(Page page, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? page.Path : Resolve(page.Path, parts[0]);
        if (!Exists(Path.Combine(Repository.Root, path)))
            return false;
        return parts.Length == 1 || Documentation.Pages.Any(other => other.Path == path && other.Anchors.Contains(parts[1]));
    }

    private static bool IsPath(string text) =>
        s_folders.Any(folder => text.StartsWith(folder + "/", StringComparison.Ordinal))
        && !text.Contains(' ', StringComparison.Ordinal)
        && !text.Contains('*', StringComparison.Ordinal);

    private static string Resolve(string page, string target) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target)));

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();
}
