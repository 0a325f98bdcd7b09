using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Adds a file with the declaration of a map to a project.</summary>
internal static class MapFileWriter
{
    private const string Ending = ".cs";

    /// <returns>
    /// The solution with the file, and the name of the file; <see langword="null"/> if the object does not fully define the map.
    /// </returns>
    public static async Task<(Solution Solution, string FileName)?> AddAsync(Project project, ObjectMap map, CancellationToken cancellation)
    {
        if (await project.GetCompilationAsync(cancellation).ConfigureAwait(false) is not { } compilation)
            return null;
        string space = project.DefaultNamespace ?? "";
        string typeName = new MemberNames([.. TypesIn(compilation, space), .. FilesOf(project)]).Take(map.Map.Name, "Entry");
        if (MapDeclarationWriter.Of(map, typeName, "public") is not { } declaration)
            return null;

        List<CompilationUnitSyntax> units =
        [
            .. compilation.SyntaxTrees.Select(tree => tree.GetRoot(cancellation)).OfType<CompilationUnitSyntax>(),
        ];
        bool isImported = units.Any(static unit =>
            unit.Usings.Any(static u =>
                !u.GlobalKeyword.IsKind(SyntaxKind.None) && u.Alias is null && u.Name?.ToString() == SymbolFacts.RuntimeNamespace
            )
        );
        List<string> lines = isImported ? [] : [$"using {SymbolFacts.RuntimeNamespace};", ""];
        if (space.Length > 0)
            lines.AddRange([$"namespace {space};", ""]);
        lines.AddRange(declaration);
        string newLine = units.Count > 0 ? Members.NewLineOf(units[0]).ToString() : "\n";
        SyntaxNode root = SyntaxFactory
            .ParseCompilationUnit(string.Concat(lines.Select(line => line + newLine)))
            .WithAdditionalAnnotations(Simplifier.Annotation);
        return (project.AddDocument(typeName + Ending, root).Project.Solution, typeName + Ending);
    }

    private static IEnumerable<string> TypesIn(Compilation compilation, string space)
    {
        INamespaceSymbol? found = compilation.GlobalNamespace;
        foreach (string part in space.Length == 0 ? [] : space.Split('.'))
            found = found?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part);
        return found?.GetMembers().Select(static member => member.Name) ?? [];
    }

    private static IEnumerable<string> FilesOf(Project project) =>
        project
            .Documents.Where(static document =>
                document.Folders.Count == 0 && document.Name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
            )
            .Select(static document => document.Name.Substring(0, document.Name.Length - Ending.Length));
}
