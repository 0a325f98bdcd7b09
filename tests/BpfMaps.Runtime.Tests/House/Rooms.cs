using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Tests;

/// <summary>A dependency of a room on another.</summary>
/// <param name="From">The room.</param>
/// <param name="File">The file in the room.</param>
/// <param name="To">The other room.</param>
/// <param name="Type">The type that is used.</param>
internal sealed record Arrow(string From, string File, string To, string Type)
{
    public override string ToString() => $"{From} -> {To}: {File} uses {Type}";
}

/// <summary>The folders of the runtime's sources and their dependencies, as the compiler resolves them.</summary>
internal static class Rooms
{
    private const string Floor = "src/BpfMaps.Runtime";

    // The sources that a build and a generator of the framework add to a project.
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";
    private const string PartWithoutABody = "CS8795";

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14);

    private static string Root => Path.Combine(Repository.Root, Floor);

    /// <summary>Gets the folders that contain sources.</summary>
    public static IEnumerable<string> All => Sources.Select(RoomOf).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sources =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Where(static file => RoomOf(file) is not ("bin" or "obj"));

    /// <summary>Gets the last column of the table of rooms in CONTRIBUTING.md: the rooms that each room may use.</summary>
    public static Dictionary<string, string[]> Table()
    {
        IEnumerable<string> lines = Repository.Read("CONTRIBUTING.md").Split('\n').SkipWhile(static line => !line.StartsWith($"| Room of `{Floor}`", StringComparison.Ordinal));
        return lines.Skip(2).TakeWhile(static line => line.StartsWith('|')).Select(static line => line.Split('|')).ToDictionary(static row => Names(row[1]).Single(), static row => Names(row[^2]));
    }

    /// <summary>Gets all uses of a room's types in other rooms.</summary>
    public static HashSet<Arrow> Arrows()
    {
        SyntaxTree[] trees = [.. Sources.Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), s_parseOptions, file))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "runtime",
            [.. trees, CSharpSyntaxTree.ParseText(Usings, s_parseOptions)],
            Compiler.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        // A name that cannot be resolved would hide a dependency.
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error && d.Id != PartWithoutABody));
        return [.. trees.SelectMany(tree => ArrowsFrom(tree, compilation.GetSemanticModel(tree)))];
    }

    private static IEnumerable<Arrow> ArrowsFrom(SyntaxTree tree, SemanticModel model)
    {
        string from = RoomOf(tree.FilePath);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is not { } used || used is INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol or IRangeVariableSymbol)
                continue;
            foreach (SyntaxReference declared in used.OriginalDefinition.DeclaringSyntaxReferences)
            {
                string to = RoomOf(declared.SyntaxTree.FilePath);
                if (to != from)
                    yield return new Arrow(from, Path.GetFileName(tree.FilePath), to, (used as ITypeSymbol ?? used.ContainingType).Name);
            }
        }
    }

    /// <summary>Gets the first folder below the root; sources outside the folders belong to a room without a name.</summary>
    private static string RoomOf(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar) is [var room, _, ..] ? room : "";

    private static string[] Names(string cell) => [.. cell.Split('`').Where(static (_, index) => index % 2 == 1)];
}
