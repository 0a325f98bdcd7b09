using System.Collections.Immutable;
using BpfMaps.CodeFixes.Objects;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>A map of an object without any declared map is declared from its line in the layout file.</summary>
public sealed class DeclareMapInFileTests
{
    private const string Layout = """
        bpf-layout 1
        object byte-order=little
        map flows type=Hash key=struct:key key-size=8 value=u64 value-size=8 max-entries=1024
        map jobs type=Queue key-size=0 value=u32 value-size=4 max-entries=16
        map memory type=StructOps key-size=4 value-size=4 max-entries=1
        map progs type=ProgArray key=u32 key-size=4 value=u32 value-size=4 max-entries=4
        map stacks type=StackTrace key-size=4 value-size=160 max-entries=64
        type struct:key size=8 align=4
          field 0 u32 address as=__be32
          field 4 u16 port

        """;

    [Fact]
    public async Task Map_IsDeclaredInAFileOfTheProjectsNamespace()
    {
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, "Acme.Net", "class Program;\n");

        (string title, Project changed) = await FixAsync(project, "flows");

        Assert.Equal("Declare map 'flows' of flow.bpf.o in Flows.cs", title);
        Assert.Equal(
            """
            using BpfMaps;

            namespace Acme.Net;

            [BpfMap(Type = BpfMapType.Hash, Value = typeof(ulong), Name = "flows", MaxEntries = 1024, Object = "flow.bpf.o")]
            public sealed partial class Flows
            {
                public struct Key
                {
                    public Be32 Address;
                    public ushort Port;
                    private ushort _pad0;
                }
            }

            """,
            await TextAsync(changed, "Flows.cs")
        );
        await AssertCleanAsync(changed, undeclared: ["jobs", "memory", "progs", "stacks"]);
    }

    [Fact]
    public async Task Names_AreNotTakenTwice()
    {
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, "Acme", "namespace Acme { class Flows; }\n");

        (string title, Project changed) = await FixAsync(project, "flows");

        Assert.Equal("Declare map 'flows' of flow.bpf.o in FlowsEntry.cs", title);
        await AssertCleanAsync(changed, undeclared: ["jobs", "memory", "progs", "stacks"]);
    }

    [Fact]
    public async Task ProjectWithAGlobalUsing_NeedsNoOther()
    {
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, null, "global using BpfMaps;\r\n");

        (_, Project changed) = await FixAsync(project, "jobs");

        Assert.Equal(
            "[BpfMap(Type = BpfMapType.Queue, Value = typeof(uint), Name = \"jobs\", MaxEntries = 16, Object = \"flow.bpf.o\")]\r\npublic sealed partial class Jobs;\r\n",
            await TextAsync(changed, "Jobs.cs")
        );
    }

    [Theory]
    [InlineData("progs", "Progs", "Type = BpfMapType.ProgArray, Name = \"progs\", MaxEntries = 4")]
    [InlineData("stacks", "Stacks", "Type = BpfMapType.StackTrace, ValueSize = 160, Name = \"stacks\", MaxEntries = 64")]
    public async Task MapOfTheKernelsThings_IsDeclaredWithoutAValue(string map, string name, string arguments)
    {
        using AdhocWorkspace workspace = new();
        (_, Project changed) = await FixAsync(Open(workspace, null, "global using BpfMaps;\n"), map);
        Assert.Equal(
            $"[BpfMap({arguments}, Object = \"flow.bpf.o\")]\npublic sealed partial class {name};\n",
            await TextAsync(changed, name + ".cs")
        );
    }

    [Fact]
    public async Task MapWithoutAClass_HasNoFix()
    {
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, null, "class Program;\n");
        Assert.Empty(await ActionsAsync(project, await DiagnosticAsync(project, "memory")));
    }

    [Fact]
    public async Task AllMaps_AreDeclaredAtOnce()
    {
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, null, "class Program;\n");
        DeclareMapInFileFixProvider provider = new();
        FixAllContext context = new(
            project,
            provider,
            FixAllScope.Project,
            nameof(DeclareMapInFileFixProvider),
            provider.FixableDiagnosticIds,
            new Diagnostics(ReportAsync),
            TestContext.Current.CancellationToken
        );

        CodeAction? all = await provider.GetFixAllProvider().GetFixAsync(context);

        Assert.NotNull(all);
        Project changed = await ApplyAsync(project, all);
        Assert.Equal(
            ["File.cs", "Flows.cs", "Jobs.cs", "Progs.cs", "Stacks.cs"],
            changed.Documents.Select(static d => d.Name).Order(StringComparer.Ordinal)
        );
        await AssertCleanAsync(changed, undeclared: ["memory"]);
    }

    private static Project Open(AdhocWorkspace workspace, string? space, string source) =>
        workspace
            .AddProject("Consumer", LanguageNames.CSharp)
            .WithParseOptions(Generation.ParseOptions)
            .WithCompilationOptions(Generation.Compile("").Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .WithMetadataReferences(References.All)
            .WithDefaultNamespace(space!)
            .AddDocument("File.cs", source)
            .Project.AddAdditionalDocument("flow.bpf.layout", Layout, filePath: "/obj/flow.bpf.layout")
            .Project;

    private static async Task<(string Title, Project Changed)> FixAsync(Project project, string map)
    {
        CodeAction action = Assert.Single(await ActionsAsync(project, await DiagnosticAsync(project, map)));
        return (action.Title, await ApplyAsync(project, action));
    }

    private static async Task<Diagnostic> DiagnosticAsync(Project project, string map)
    {
        Diagnostic found = Assert.Single(
            await ReportAsync(project),
            d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Contains($"'{map}'", StringComparison.Ordinal)
        );
        Assert.Equal("/obj/flow.bpf.layout", found.Location.GetLineSpan().Path);
        return found;
    }

    private static async Task<List<CodeAction>> ActionsAsync(Project project, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        TextDocument layout = project.AdditionalDocuments.Single();
        await new DeclareMapInFileFixProvider().RegisterCodeFixesAsync(
            new CodeFixContext(layout, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken)
        );
        return actions;
    }

    private static async Task<Project> ApplyAsync(Project project, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(
            project.Solution,
            new Progress<CodeAnalysisProgress>(),
            TestContext.Current.CancellationToken
        );
        return Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution.GetProject(project.Id)!;
    }

    private static async Task<string> TextAsync(Project project, string file)
    {
        SourceText text = await project.Documents.Single(d => d.Name == file).GetTextAsync(TestContext.Current.CancellationToken);
        return text.ToString();
    }

    private static async Task<ImmutableArray<Diagnostic>> ReportAsync(Project project)
    {
        Compilation? compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        Generation
            .CreateDriver()
            .RunGeneratorsAndUpdateCompilation(compilation!, out Compilation output, out _, TestContext.Current.CancellationToken);
        CompilationWithAnalyzers analyzed = output.WithAnalyzers(
            [
                new MapDeclarationAnalyzer(),
                new ObjectMapAnalyzer(),
                new KeyPaddingAnalyzer(),
                new ValuePaddingAnalyzer(),
                new DuplicateMapNameAnalyzer(),
                new UndeclaredMapAnalyzer(),
                new LaidOutFieldSuppressor(),
            ],
            project.AnalyzerOptions
        );
        ImmutableArray<Diagnostic> all = await analyzed.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. all.Where(static d => !d.IsSuppressed && d.Id is not ("CS1591" or "CS8019"))];
    }

    /// <summary>Fails if a project has errors, or if other maps are not declared.</summary>
    private static async Task AssertCleanAsync(Project project, string[] undeclared)
    {
        ImmutableArray<Diagnostic> reported = await ReportAsync(project);
        Assert.All(reported, static d => Assert.Equal("BPFMAP044", d.Id));
        Assert.Equal(undeclared, reported.Select(static d => d.Properties["MapName"]!).Order(StringComparer.Ordinal));
    }

    private sealed class Diagnostics(Func<Project, Task<ImmutableArray<Diagnostic>>> report) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await report(project)).Where(static d => d.Id == "BPFMAP044");

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
