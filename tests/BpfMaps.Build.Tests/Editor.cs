using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.MSBuild;

namespace BpfMaps.Tests;

/// <summary>A project as an editor has it open: loaded by the design-time build that language servers use, without a build before.</summary>
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

    /// <summary>What the editor underlines of ours, warnings and worse, and the compiler's errors.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Compilation compilation = (await Project.GetCompilationAsync(cancellation))!;
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. Project.AnalyzerReferences
            .Where(reference => reference.Display?.StartsWith("BpfMaps", StringComparison.Ordinal) == true)
            .SelectMany(reference => reference.GetAnalyzers(LanguageNames.CSharp))];
        Assert.NotEmpty(analyzers);
        ImmutableArray<Diagnostic> all = await compilation.WithAnalyzers(analyzers, Project.AnalyzerOptions).GetAllDiagnosticsAsync(cancellation);
        return [.. all.Where(diagnostic => !diagnostic.IsSuppressed && (diagnostic.Severity == DiagnosticSeverity.Error || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("BPFMAP", StringComparison.Ordinal))))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>Applies to the files what is offered for a diagnostic under a title that begins so.</summary>
    public async Task FixAsync(Diagnostic diagnostic, string title)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Document document = Project.GetDocument(diagnostic.Location.SourceTree)!;
        List<CodeAction> actions = [];
        foreach (CodeFixProvider provider in s_fixes.Value.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellation));

        CodeAction? chosen = actions.Find(action => action.Title.StartsWith(title, StringComparison.Ordinal));
        Assert.True(chosen is not null, $"No fix '{title}' is offered for {diagnostic}, but: {string.Join("; ", actions.Select(action => action.Title))}.");
        foreach (ApplyChangesOperation operation in (await chosen.GetOperationsAsync(cancellation)).OfType<ApplyChangesOperation>())
            Assert.True(_workspace.TryApplyChanges(operation.ChangedSolution), $"'{chosen.Title}' could not be applied.");
        Project = _workspace.CurrentSolution.GetProject(Project.Id)!;
    }

    public void Dispose() => _workspace.Dispose();

    private static ImmutableArray<CodeFixProvider> LoadFixes() =>
    [
        .. Assembly.LoadFrom(ConsumerProject.CodeFixesAssembly).GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];
}
