using System.Collections.Immutable;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Generators;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>A C# block of a page, compiled like a console project that references the packages.</summary>
internal sealed class Snippet
{
    // The namespaces that the SDK imports in projects with ImplicitUsings.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(BpfMapGenerator)
            .Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private readonly Compilation _compilation;
    private readonly AnalyzerOptions _options;

    private Snippet(
        CodeBlock block,
        Compilation compilation,
        AnalyzerOptions options,
        ImmutableArray<BpfSource> objects,
        bool hasStatements
    )
    {
        Block = block;
        _compilation = compilation;
        _options = options;
        Objects = objects;
        HasStatements = hasStatements;
    }

    public CodeBlock Block { get; }

    /// <summary>The BPF objects in the folder of the program.</summary>
    public ImmutableArray<BpfSource> Objects { get; }

    /// <summary>Whether the block is a program and not only declarations.</summary>
    public bool HasStatements { get; }

    /// <param name="block">The block.</param>
    /// <param name="globalUsings">Additional namespaces to import.</param>
    /// <param name="before">The source before the block, such as a pragma.</param>
    /// <param name="severities">The severities of diagnostics in an .editorconfig.</param>
    public static Snippet Compile(
        CodeBlock block,
        string globalUsings = "",
        string before = "",
        ImmutableDictionary<string, ReportDiagnostic>? severities = null
    )
    {
        ImmutableArray<BpfSource> described = [.. block.Words(Mark.Object).Select(name => BpfSource.Named(name, block))];
        ImmutableArray<AdditionalText> layouts =
        [
            .. described.Select(static source => (AdditionalText)new AdditionalFile(source.LayoutPath, source.Layout)),
        ];

        IReadOnlyList<SourcePiece> pieces = Prelude.Assemble(block, ".cs");
        bool areFacts = Facts.Are(pieces);
        string source = SourceAssembly.Combine(areFacts ? Facts.WithRunner(pieces) : pieces, out bool hasStatements);
        CSharpCompilationOptions options = new(
            hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true,
            specificDiagnosticOptions: (severities ?? ImmutableDictionary<string, ReportDiagnostic>.Empty).SetItem(
                "CS1591",
                ReportDiagnostic.Suppress
            )
        );
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Page",
            [Parse(before + source, "Program.cs"), Parse(ImplicitUsings + globalUsings, "GlobalUsings.cs")],
            References
                .All.Where(reference => !block.Words(Mark.Without).Contains(Path.GetFileNameWithoutExtension(reference.Display)))
                .Concat(areFacts ? Facts.References : []),
            options
        );
        Generation
            .CreateDriver([.. layouts])
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _, TestContext.Current.CancellationToken);
        return new Snippet(
            block,
            output,
            new AnalyzerOptions(layouts),
            [.. described, .. block.Words(Mark.With).Select(name => BpfSource.Named(name, block))],
            hasStatements
        );
    }

    /// <summary>Gets the diagnostics of the compiler and the analyzers by line; of the hidden ones, only those with a given id.</summary>
    /// <param name="hint">The id of hidden diagnostics to include.</param>
    public async Task<IReadOnlyList<Diagnostic>> Diagnose(string? hint = null)
    {
        CompilationWithAnalyzers analysis = _compilation.WithAnalyzers(s_analyzers, _options);
        ImmutableArray<Diagnostic> all = await analysis.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. all.Where(problem => !problem.IsSuppressed && (problem.Severity != DiagnosticSeverity.Hidden || problem.Id == hint))
                .OrderBy(static problem => problem.Location.GetMappedLineSpan().StartLinePosition.Line),
        ];
    }

    /// <summary>Writes the assembly.</summary>
    public void Emit(string path)
    {
        Microsoft.CodeAnalysis.Emit.EmitResult result = _compilation.Emit(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, Describe(result.Diagnostics));
    }

    /// <summary>Formats diagnostics with the line numbers of the pages.</summary>
    public static string Describe(IEnumerable<Diagnostic> diagnostics) =>
        string.Join(
            '\n',
            diagnostics.Select(static problem =>
                $"{problem.Location.GetMappedLineSpan().Path}:{problem.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: {problem.Id}: {problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"
            )
        );

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, Generation.ParseOptions, path, System.Text.Encoding.UTF8);
}
