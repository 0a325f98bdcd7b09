using System.Reflection;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Conventions for code fixes.</summary>
public sealed class ConventionTests
{
    /// <summary>The sentence about code fixes on the page of a diagnostic.</summary>
    private const string Note = "A code fix in the editor does this, one at a time or for all: ";

    private static readonly Lazy<CodeFixProvider[]> s_providers = new(static () =>
        [
            .. typeof(RepairProvider)
                .Assembly.GetTypes()
                .Where(static t => !t.IsAbstract && t.IsSubclassOf(typeof(CodeFixProvider)))
                .Select(static t => (CodeFixProvider)Activator.CreateInstance(t)!),
        ]
    );

    private static readonly Lazy<string[]> s_ids = new(static () =>
        [
            .. typeof(DiagnosticIds)
                .GetFields(BindingFlags.Static | BindingFlags.Public)
                .Select(static f => (string)f.GetValue(null)!)
                .Where(static id => id.StartsWith("BPFMAP", StringComparison.Ordinal)),
        ]
    );

    public static TheoryData<string> Ids => [.. s_ids.Value.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Providers => [.. s_providers.Value.Select(static p => p.GetType().Name)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Provider_FixesDiagnosticsThatExist(string name)
    {
        CodeFixProvider provider = Provider(name);
        Assert.NotEmpty(provider.FixableDiagnosticIds);
        Assert.All(provider.FixableDiagnosticIds, static id => Assert.Contains(id, s_ids.Value));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Provider_FixesAll(string name) =>
        Assert.Equal(
            // For additional files, editors offer fixes for one file or for all in a project.
            IsForSources(Provider(name))
                ? [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution]
                : [FixAllScope.Project, FixAllScope.Solution],
            Provider(name).GetFixAllProvider()!.GetSupportedFixAllScopes().Order()
        );

    [Theory]
    [MemberData(nameof(Providers))]
    public void Provider_IsFoundByEditors(string name)
    {
        ExportCodeFixProviderAttribute? export = Provider(name).GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>();
        Assert.NotNull(export);
        Assert.Equal(name, export.Name);
        Assert.Equal([LanguageNames.CSharp], export.Languages);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Provider_IsTested(string name)
    {
        string tests = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/BpfMaps.CodeFixes.Tests"), "*Tests.cs").Select(File.ReadAllText)
        );
        Assert.True(
            tests.Contains($"Verify<{name}>", StringComparison.Ordinal)
                || tests.Contains($"VerifyWithLayout<{name}>", StringComparison.Ordinal)
                || tests.Contains($"new {name}()", StringComparison.Ordinal),
            $"No test verifies {name}."
        );
    }

    [Fact]
    public void Diagnostics_HaveOneProviderAtMost() =>
        Assert.Distinct(s_providers.Value.SelectMany(static p => p.FixableDiagnosticIds.Select(id => (id, IsForSources(p)))));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_SaysWhetherThereIsAFix(string id)
    {
        string page = Repository.Read($"docs/diagnostics/{id}.md");
        bool isFixable = s_providers.Value.Any(p => p.FixableDiagnosticIds.Contains(id));
        string section = page[
            page.IndexOf("## Fix\n", StringComparison.Ordinal)..page.IndexOf("## How to suppress\n", StringComparison.Ordinal)
        ];
        Assert.Equal(isFixable, section.Contains(Note, StringComparison.Ordinal));
    }

    private static bool IsForSources(CodeFixProvider provider) =>
        provider.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!.DocumentKinds.Contains(nameof(TextDocumentKind.Document));

    private static CodeFixProvider Provider(string name) => s_providers.Value.Single(p => p.GetType().Name == name);
}
