using System.Xml.Linq;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.House.Tests;

/// <summary>The sources of a project, its rooms (the folders), and their dependencies as the compiler resolves them.</summary>
/// <param name="Name">The name of the folder in <c>src</c>.</param>
/// <param name="Assembly">The name of the assembly, which internal types of others are visible to.</param>
internal sealed record SourceProject(string Name, string Assembly)
{
    /// <summary>
    /// The code of source generators of the framework is missing here: parts have no bodies, and what they write is not assigned.
    /// </summary>
    private static readonly string[] s_ofMissingParts = ["CS8795", "CS0165"];

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14);
    private static readonly string[] s_implicitUsings =
    [
        "System",
        "System.Collections.Generic",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Threading",
        "System.Threading.Tasks",
    ];

    public static IReadOnlyList<SourceProject> All { get; } =
    [
        new("BpfMaps.Runtime", "BpfMaps.Runtime"),
        new("BpfMaps.Generators", "BpfMaps.Generators"),
        new("BpfMaps.CodeFixes", "BpfMaps.CodeFixes"),
        new("BpfMaps.Tool", "bpfmaps"),
        new("BpfMaps.Metrics", "BpfMaps.Metrics"),
        new("BpfMaps.Queries", "BpfMaps.Queries"),
        new("BpfMaps.InMemory", "BpfMaps.InMemory"),
        new("BpfMaps.Libbpf", "BpfMaps.Libbpf"),
        new("BpfMaps.Hosting", "BpfMaps.Hosting"),
        new("BpfMaps.Symbols", "BpfMaps.Symbols"),
    ];

    private string Root => Path.Combine(Repository.Root, "src", Name);

    private XDocument ProjectFile => XDocument.Load(Path.Combine(Root, Name + ".csproj"));

    private CSharpParseOptions ParseOptions =>
        s_parseOptions.WithPreprocessorSymbols(
            ProjectFile.Descendants("DefineConstants").SelectMany(static item => item.Value.Split(';')[1..])
        );

    /// <summary>Gets the folders that contain sources. Files outside of folders belong to no room, and may use all of them.</summary>
    public IEnumerable<string> Rooms =>
        Sources.Select(RoomOf).Where(static room => room.Length > 0).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Gets the paths of the sources.</summary>
    public IEnumerable<string> Sources =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Where(file => RoomOf(file) is not ("bin" or "obj"));

    /// <summary>Gets the last column of the table of rooms in CONTRIBUTING.md: the rooms that each room may use.</summary>
    public Dictionary<string, string[]> Table()
    {
        IEnumerable<string> lines = Repository
            .Read("CONTRIBUTING.md")
            .Split('\n')
            .SkipWhile(line => !line.StartsWith($"| Room of `src/{Name}`", StringComparison.Ordinal));
        return lines
            .Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Split('|'))
            .ToDictionary(static row => Names(row[1]).Single(), static row => Names(row[^2]));
    }

    /// <summary>Gets all uses of types in other rooms.</summary>
    public HashSet<Arrow> Arrows()
    {
        CSharpParseOptions options = ParseOptions;
        SyntaxTree[] trees = [.. Sources.Select(file => Parse(file, options))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            Assembly,
            [.. trees, .. Linked().Select(file => Parse(file, options)), CSharpSyntaxTree.ParseText(Usings(), options)],
            References(),
            new CSharpCompilationOptions(
                Name == "BpfMaps.Tool" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true
            )
        );
        // A name that cannot be resolved would hide a dependency.
        Assert.Empty(
            compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error && !s_ofMissingParts.Contains(d.Id))
        );
        return [.. trees.SelectMany(tree => ArrowsFrom(tree, compilation.GetSemanticModel(tree)))];
    }

    /// <summary>Gets the names of the top-level types in a file.</summary>
    public static string[] TypesIn(string file) =>
        [
            .. Parse(file, s_parseOptions)
                .GetRoot()
                .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                .OfType<MemberDeclarationSyntax>()
                .Select(static node =>
                    node switch
                    {
                        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                        DelegateDeclarationSyntax type => type.Identifier.ValueText,
                        _ => "",
                    }
                )
                .Where(static name => name.Length > 0),
        ];

    public override string ToString() => Name;

    private IEnumerable<Arrow> ArrowsFrom(SyntaxTree tree, SemanticModel model)
    {
        string from = RoomOf(tree.FilePath);
        if (from.Length == 0)
            yield break;
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (
                model.GetSymbolInfo(name).Symbol is not { } used
                || used is INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol or IRangeVariableSymbol
            )
            {
                continue;
            }
            foreach (SyntaxReference declared in used.OriginalDefinition.DeclaringSyntaxReferences)
            {
                string path = declared.SyntaxTree.FilePath;
                if (path.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && RoomOf(path) is var to && to != from)
                    yield return new Arrow(from, Path.GetFileName(tree.FilePath), to, (used as ITypeSymbol ?? used.ContainingType).Name);
            }
        }
    }

    /// <summary>Gets the sources of other projects that the project file includes.</summary>
    private HashSet<string> Linked()
    {
        HashSet<string> files = [];
        foreach (XElement item in ProjectFile.Descendants("Compile"))
        {
            files.UnionWith(Expand((string?)item.Attribute("Include")));
            files.ExceptWith(Expand((string?)item.Attribute("Exclude")));
        }
        return files;
    }

    private IEnumerable<string> Expand(string? patterns)
    {
        foreach (string pattern in (patterns ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isDeep = pattern.Contains("/**/", StringComparison.Ordinal);
            string folder = Path.GetFullPath(
                Path.Combine(Root, Path.GetDirectoryName(pattern)!.Replace("/**", "", StringComparison.Ordinal))
            );
            SearchOption option = isDeep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
            foreach (string file in Directory.EnumerateFiles(folder, Path.GetFileName(pattern), option))
                yield return file;
        }
    }

    /// <summary>Gets the global usings that the build adds.</summary>
    private string Usings()
    {
        IEnumerable<string> own = ProjectFile.Descendants("Using").Select(static item => (string)item.Attribute("Include")!);
        return string.Concat(s_implicitUsings.Concat(own).Select(static name => $"global using {name};\n"));
    }

    /// <summary>Gets the references, without projects that this one does not reference but that contain some of its sources.</summary>
    private IEnumerable<MetadataReference> References()
    {
        HashSet<string> others = [.. All.Select(static project => project.Assembly)];
        others.ExceptWith(Referenced());
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !others.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(static path => MetadataReference.CreateFromFile(path));
    }

    /// <summary>Gets the assemblies of the projects that this one references, directly or not.</summary>
    private IEnumerable<string> Referenced() =>
        from item in ProjectFile.Descendants("ProjectReference")
        let project = All.FirstOrDefault(project => project.Name == Path.GetFileNameWithoutExtension((string)item.Attribute("Include")!))
        where project is not null
        from assembly in project.Referenced().Append(project.Assembly)
        select assembly;

    private static SyntaxTree Parse(string file, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file);

    /// <summary>Gets the first folder below the root.</summary>
    private string RoomOf(string file) =>
        Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar) is [var room, _, ..] ? room : "";

    private static string[] Names(string cell) => [.. cell.Split('`').Where(static (_, index) => index % 2 == 1)];
}
