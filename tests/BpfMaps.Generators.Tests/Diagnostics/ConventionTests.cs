using System.Reflection;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Conventions for diagnostics.</summary>
public sealed class ConventionTests
{
    private static readonly Lazy<DiagnosticDescriptor[]> s_all = new(static () =>
        [
            .. typeof(DiagnosticIds)
                .Assembly.GetTypes()
                .SelectMany(static t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(static f => f.FieldType == typeof(DiagnosticDescriptor))
                .Select(static f => (DiagnosticDescriptor)f.GetValue(null)!),
        ]
    );

    private static readonly Lazy<string> s_tests = new(static () => string.Concat(Repository.TestSources));

    public static TheoryData<string> Ids => [.. s_all.Value.Select(static d => d.Id).Order(StringComparer.Ordinal)];

    [Fact]
    public void Ids_AreUnique() => Assert.Distinct(s_all.Value.Select(static d => d.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Diagnostic_LinksToItsPage(string id) =>
        Assert.Equal($"https://github.com/bpftyped/bpftyped/blob/main/docs/diagnostics/{id}.md", Descriptor(id).HelpLinkUri);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_HasCauseExampleFixAndSuppression(string id)
    {
        DiagnosticDescriptor descriptor = Descriptor(id);
        string page = Repository.Read($"docs/diagnostics/{id}.md");
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| {descriptor.Category} | {descriptor.DefaultSeverity} | yes |", page, StringComparison.Ordinal);
        Assert.All(
            ["## Cause", "## Example", "## Fix", "## How to suppress"],
            heading => Assert.Contains(heading + "\n", page, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Index_ListsThePage(string id) =>
        Assert.Contains($"| [{id}]({id}.md) |", Repository.Read("docs/diagnostics/README.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void ReleaseTracking_ListsIt(string id)
    {
        DiagnosticDescriptor descriptor = Descriptor(id);
        string releases =
            Repository.Read("src/BpfMaps.Generators/AnalyzerReleases.Shipped.md")
            + Repository.Read("src/BpfMaps.Generators/AnalyzerReleases.Unshipped.md");
        Assert.Contains($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | ", releases, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Test_ReportsIt(string id) =>
        Assert.True(
            s_tests.Value.Contains("{|" + id + ":", StringComparison.Ordinal)
                || s_tests.Value.Contains('"' + id + " at ", StringComparison.Ordinal),
            $"No test marks a place with {id}, or has its message."
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public void Analyzer_SupportsIt(string id) =>
        Assert.Contains(
            typeof(DiagnosticIds)
                .Assembly.GetTypes()
                .Where(static t => !t.IsAbstract && t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
                .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)
                .SelectMany(static a => a.SupportedDiagnostics),
            d => d.Id == id
        );

    private static DiagnosticDescriptor Descriptor(string id) => s_all.Value.Single(d => d.Id == id);
}
