using System.Collections.Immutable;
using System.Composition;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>
/// Declares a map in a new file, at the line of the map in the <c>.layout</c> file. For objects without any declared map.
/// </summary>
[
    ExportCodeFixProvider(
        LanguageNames.CSharp,
        Name = nameof(DeclareMapInFileFixProvider),
        DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)],
        DocumentExtensions = [ObjectFileNames.Ending]
    ),
    Shared
]
internal sealed class DeclareMapInFileFixProvider : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MapNotDeclared];

    public override FixAllProvider GetFixAllProvider() => All.Instance;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.TextDocument.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (
                Find(project, diagnostic, context.CancellationToken) is not { } map
                || await MapFileWriter.AddAsync(project, map, context.CancellationToken).ConfigureAwait(false) is not (_, var file)
            )
                continue;
            string title = $"Declare map '{map.Map.Name}' of {map.Object.Name} in {file}";
            context.RegisterCodeFix(
                CodeAction.Create(title, c => DeclareAsync(project.Solution, [(project.Id, map)], c), nameof(DeclareMapInFileFixProvider)),
                diagnostic
            );
        }
    }

    private static ObjectMap? Find(Project project, Diagnostic diagnostic, CancellationToken cancellation) =>
        diagnostic.Properties.TryGetValue(DiagnosticProperties.LayoutPath, out string? path)
        && diagnostic.Properties.TryGetValue(DiagnosticProperties.MapName, out string? map)
            ? ObjectPart.Find(project, path, map, cancellation)
            : null;

    private static async Task<Solution> DeclareAsync(
        Solution solution,
        IReadOnlyList<(ProjectId Project, ObjectMap Map)> maps,
        CancellationToken cancellation
    )
    {
        // One after the other, so that names are unique.
        foreach ((ProjectId id, ObjectMap map) in maps)
        {
            if (
                solution.GetProject(id) is { } project
                && await MapFileWriter.AddAsync(project, map, cancellation).ConfigureAwait(false) is (var changed, _)
            )
                solution = changed;
        }
        return solution;
    }

    /// <summary>Declares all maps of the objects of a project, or of a solution.</summary>
    private sealed class All : FixAllProvider
    {
        public static All Instance { get; } = new();

        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project, FixAllScope.Solution];

        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            List<(ProjectId, ObjectMap)> maps = [];
            foreach (
                Project project in context.Scope == FixAllScope.Solution
                    ? context.Solution.Projects.Where(p => p.Language == context.Project.Language)
                    : [context.Project]
            )
            {
                foreach (Diagnostic diagnostic in await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false))
                {
                    if (!diagnostic.Location.IsInSource && Find(project, diagnostic, context.CancellationToken) is { } map)
                        maps.Add((project.Id, map));
                }
            }
            return maps.Count == 0
                ? null
                : CodeAction.Create(
                    "Declare all maps, each in a separate file",
                    c => DeclareAsync(context.Solution, maps, c),
                    context.CodeActionEquivalenceKey
                );
        }
    }
}
