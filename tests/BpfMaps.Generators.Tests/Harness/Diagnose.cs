using System.Collections.Immutable;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>
/// Runs one analyzer over a source whose diagnostics are marked as <c>{|BPFMAP001:Name|}</c>. Nothing else may be reported.
/// </summary>
internal static class Diagnose
{
    /// <param name="messages">The messages, in order of position; not compared if none is given.</param>
    public static Task Verify<TAnalyzer>(string source, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new() => Verify<TAnalyzer>([], source, messages);

    /// <param name="files">Additional files, which may contain markup.</param>
    /// <param name="messages">The messages, those in additional files first, then in order of position; not compared if none is
    /// given.</param>
    public static async Task Verify<TAnalyzer>(IReadOnlyList<TextFile> files, string source, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        source = Generation.Usings + source;
        Test<TAnalyzer> test = new() { TestCode = source };
        foreach (TextFile file in files)
            test.TestState.AdditionalFiles.Add((file.Path, file.Content));
        await test.RunAsync(TestContext.Current.CancellationToken);
        TestFileMarkupParser.GetSpans(source, out string plain, out ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> _);
        CSharpCompilation compilation = Generation.Compile(plain, allowUnsafe: true);
        CheckParity(compilation);
        if (messages.Length > 0)
            Assert.Equal(
                messages,
                (await Report<TAnalyzer>(compilation, [.. files.Select(static f => f.WithoutMarkup())])).Select(static d =>
                    d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)
                )
            );
    }

    /// <summary>
    /// Like <see cref="Verify{TAnalyzer}(IReadOnlyList{TextFile}, string, string[])"/>, in a project that does not reference
    /// BpfMaps.Libbpf.
    /// </summary>
    public static async Task VerifyWithoutLibbpf<TAnalyzer>(IReadOnlyList<TextFile> files, string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        Test<TAnalyzer> test = new() { TestCode = Generation.Usings + source };
        foreach (TextFile file in files)
            test.TestState.AdditionalFiles.Add((file.Path, file.Content));
        foreach (
            MetadataReference reference in References.All.Where(static r =>
                r.Display?.Contains(References.LibbpfName, StringComparison.Ordinal) == true
            )
        )
            test.TestState.AdditionalReferences.Remove(reference);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The diagnostics of an analyzer on a source without markup.</summary>
    public static Task<ImmutableArray<Diagnostic>> Report<TAnalyzer>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new() => Report<TAnalyzer>(Generation.Compile(Generation.Usings + source, allowUnsafe: true));

    /// <summary>
    /// Fails unless the parser returns a spec exactly if there is no error (of the parser, or of the compiler for a struct that contains
    /// itself).
    /// </summary>
    public static void CheckParity(Compilation compilation)
    {
        foreach (INamedTypeSymbol type in compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type).Cast<INamedTypeSymbol>())
        {
            if (type.FindMapAttribute() is not { } attribute)
                continue;
            List<Diagnostic> reported = [];
            MapSpec? withListener = MapParser.Parse(type, attribute, compilation, reported.Add, CancellationToken.None);
            MapSpec? silent = MapParser.Parse(type, attribute, compilation, report: null, CancellationToken.None);
            Assert.Equal(withListener, silent);
            bool isCompilersAffair =
                withListener is null && reported.Count == 0 && compilation.GetDiagnostics().Any(static d => d.Id == "CS0523");
            bool hasError = isCompilersAffair || reported.Any(static d => d.DefaultSeverity == DiagnosticSeverity.Error);
            Assert.True(
                hasError == withListener is null,
                $"{type}: the spec is {(withListener is null ? "null" : "there")}, and reported is: {string.Join("; ", reported)}"
            );
        }
    }

    public static async Task<ImmutableArray<Diagnostic>> Report<TAnalyzer>(
        CSharpCompilation compilation,
        ImmutableArray<AdditionalText> files = default
    )
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        AnalyzerOptions options = new(files.IsDefault ? [] : files);
        Generation.CreateDriver([.. options.AdditionalFiles]).RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        ImmutableArray<Diagnostic> all = await output
            .WithAnalyzers([new TAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. all.OrderBy(static d => d.Location.IsInSource).ThenBy(static d => d.Location.SourceSpan.Start)];
    }

    /// <summary>
    /// Gets all diagnostics of the compiler and the analyzers for user code and generated code, as <c>id at file: message</c>.
    /// </summary>
    /// <remarks>No analyzer may throw.</remarks>
    public static async Task<string[]> Everything(
        string source,
        ImmutableArray<AdditionalText> files = default,
        LanguageVersion version = LanguageVersion.CSharp14
    )
    {
        CSharpParseOptions options = Generation.ParseOptions.WithLanguageVersion(version);
        CSharpCompilation compilation = Generation.Compile(source, allowUnsafe: true, options);
        AnalyzerOptions additional = new(files.IsDefault ? [] : files);
        Generation
            .CreateDriver(options, [.. additional.AdditionalFiles])
            .RunGeneratorsAndUpdateCompilation(
                compilation,
                out Compilation output,
                out ImmutableArray<Diagnostic> reported,
                TestContext.Current.CancellationToken
            );
        List<Exception> crashes = [];
        ImmutableArray<DiagnosticAnalyzer> analyzers =
        [
            .. typeof(BpfMapGenerator)
                .Assembly.GetTypes()
                .Where(static t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract)
                .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
        ];
        CompilationWithAnalyzers run = new(
            output,
            analyzers,
            new CompilationWithAnalyzersOptions(
                additional,
                (exception, _, _) =>
                {
                    lock (crashes)
                        crashes.Add(exception);
                },
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false
            )
        );
        ImmutableArray<Diagnostic> all = await run.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(crashes);
        return
        [
            .. reported
                .Concat(all)
                .Where(static d => !d.IsSuppressed && d.Severity != DiagnosticSeverity.Hidden && !Generation.IsUsersOwn(d))
                .OrderBy(static d => d.Location.SourceTree?.FilePath == Generation.UserFile ? 0 : 1)
                .ThenBy(static d => d.Location.SourceSpan.Start)
                .Select(static d =>
                    $"{d.Id} at {d.Location.SourceTree?.FilePath}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"
                ),
        ];
    }

    /// <summary>Gets the ids of <see cref="Everything"/>, followed by the file for generated code.</summary>
    public static async Task<string[]> Ids(
        string source,
        ImmutableArray<AdditionalText> files = default,
        LanguageVersion version = LanguageVersion.CSharp14
    ) =>
        [
            .. (await Everything(source, files, version)).Select(static d =>
                d.Contains($" at {Generation.UserFile}: ", StringComparison.Ordinal) || d.Contains(" at : ", StringComparison.Ordinal)
                    ? d[..d.IndexOf(' ', StringComparison.Ordinal)]
                    : d
            ),
        ];

    private sealed class Test<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        // An empty set of reference assemblies: the framework that runs the tests is referenced instead, nothing is downloaded.
        public Test()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(References.All);
            TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck;
        }

        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(EditorGenerator)];

        protected override ParseOptions CreateParseOptions() => Generation.ParseOptions;

        protected override CompilationOptions CreateCompilationOptions() =>
            ((CSharpCompilationOptions)base.CreateCompilationOptions())
                .WithAllowUnsafe(true)
                .WithNullableContextOptions(NullableContextOptions.Enable);
    }
}
