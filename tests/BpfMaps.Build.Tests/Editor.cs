using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.MSBuild;

namespace BpfMaps.Tests;

/// <summary>A project as in an editor: loaded by the design-time build of language servers, without a previous build.</summary>
internal sealed class Editor : IDisposable
{
    private static readonly Lazy<ImmutableArray<CodeFixProvider>> s_fixes = new(LoadFixes);

    private readonly MSBuildWorkspace _workspace;

    private Editor(MSBuildWorkspace workspace, Project project)
    {
        _workspace = workspace;
        Project = project;
    }

    public Project Project { get; private set; }

    public static async Task<Editor> OpenAsync(ConsumerProject project)
    {
        project.Restore();
        MSBuildWorkspace workspace = MSBuildWorkspace.Create();
        List<string> failures = [];
        using IDisposable _ = workspace.RegisterWorkspaceFailedHandler(failure =>
        {
            if (failure.Diagnostic.Kind == WorkspaceDiagnosticKind.Failure)
                failures.Add(failure.Diagnostic.Message);
        });
        Project opened = await workspace.OpenProjectAsync(project.ProjectFile, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(failures);
        return new(workspace, opened);
    }

    /// <summary>Gets warnings and errors of this package, and errors of the compiler.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync() =>
        [
            .. (await ReportAsync()).Where(diagnostic =>
                diagnostic.Severity == DiagnosticSeverity.Error || (diagnostic.Severity == DiagnosticSeverity.Warning && IsOurs(diagnostic))
            ),
        ];

    /// <summary>Gets hidden diagnostics with code fixes.</summary>
    public async Task<ImmutableArray<Diagnostic>> HiddenAsync() =>
        [.. (await ReportAsync()).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Hidden && IsOurs(diagnostic))];

    private async Task<ImmutableArray<Diagnostic>> ReportAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Compilation compilation = (await Project.GetCompilationAsync(cancellation))!;
        ImmutableArray<DiagnosticAnalyzer> analyzers =
        [
            .. Project
                .AnalyzerReferences.Where(reference => reference.Display?.StartsWith("BpfMaps", StringComparison.Ordinal) == true)
                .SelectMany(reference => reference.GetAnalyzers(LanguageNames.CSharp)),
        ];
        Assert.NotEmpty(analyzers);
        ImmutableArray<Diagnostic> all = await compilation
            .WithAnalyzers(analyzers, Project.AnalyzerOptions)
            .GetAllDiagnosticsAsync(cancellation);
        return [.. all.Where(diagnostic => !diagnostic.IsSuppressed).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static bool IsOurs(Diagnostic diagnostic) => diagnostic.Id.StartsWith("BPFMAP", StringComparison.Ordinal);

    /// <summary>Applies the fix of a diagnostic whose title has a prefix.</summary>
    public async Task FixAsync(Diagnostic diagnostic, string title)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        TextDocument document =
            Project.GetDocument(diagnostic.Location.SourceTree)
            ?? Project.AdditionalDocuments.Single(file => file.FilePath == diagnostic.Location.GetLineSpan().Path);
        List<CodeAction> actions = [];
        foreach (
            CodeFixProvider provider in s_fixes.Value.Where(provider =>
                provider.FixableDiagnosticIds.Contains(diagnostic.Id) && IsFor(provider, document)
            )
        )
            await provider.RegisterCodeFixesAsync(
                new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellation)
            );

        CodeAction? chosen = actions.Find(action => action.Title.StartsWith(title, StringComparison.Ordinal));
        Assert.True(
            chosen is not null,
            $"No fix '{title}' is offered for {diagnostic}, but: {string.Join("; ", actions.Select(action => action.Title))}."
        );
        // This workspace adds new files to the project file, unlike editors, which rely on the patterns of the SDK.
        string projectFile = await File.ReadAllTextAsync(Project.FilePath!, cancellation);
        foreach (ApplyChangesOperation operation in (await chosen.GetOperationsAsync(cancellation)).OfType<ApplyChangesOperation>())
            Assert.True(_workspace.TryApplyChanges(operation.ChangedSolution), $"'{chosen.Title}' could not be applied.");
        await File.WriteAllTextAsync(Project.FilePath!, projectFile, cancellation);
        Project = _workspace.CurrentSolution.GetProject(Project.Id)!;
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>The diagnostics whose fixes depend on objects.</summary>
    public static IEnumerable<string> FollowedByFixes() =>
        s_fixes
            .Value.Where(provider => provider.GetType().Namespace!.EndsWith(".Objects", StringComparison.Ordinal))
            .SelectMany(provider => provider.FixableDiagnosticIds)
            .Distinct();

    /// <summary>Editors call a provider only for its declared document kinds.</summary>
    private static bool IsFor(CodeFixProvider provider, TextDocument document)
    {
        ExportCodeFixProviderAttribute export = provider.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!;
        string kind = document is Document ? nameof(TextDocumentKind.Document) : nameof(TextDocumentKind.AdditionalDocument);
        return export.DocumentKinds.Contains(kind)
            && (export.DocumentExtensions is null || export.DocumentExtensions.Contains(Path.GetExtension(document.Name)));
    }

    private static ImmutableArray<CodeFixProvider> LoadFixes() =>
        [
            .. Assembly
                .LoadFrom(ConsumerProject.CodeFixesAssembly)
                .GetTypes()
                .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
                .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
        ];
}
