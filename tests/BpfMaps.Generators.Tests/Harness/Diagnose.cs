using System.Collections.Immutable;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>Runs one analyzer over a source whose diagnostics are marked as <c>{|BPFMAP001:Name|}</c>; what is not marked must not be reported.</summary>
internal static class Diagnose
{
    /// <param name="messages">The messages, in order of position; not compared if none is given.</param>
    public static Task Verify<TAnalyzer>(string source, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new() => Verify<TAnalyzer>([], source, messages);

    /// <param name="files">Additional files, which may have markup too.</param>
    /// <param name="messages">The messages, those in additional files first, then in order of position; not compared if none is given.</param>
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
            Assert.Equal(messages, (await Report<TAnalyzer>(compilation, [.. files.Select(static f => f.WithoutMarkup())])).Select(static d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>As <see cref="Verify{TAnalyzer}(IReadOnlyList{TextFile}, string, string[])"/>, in a project that does not reference BpfMaps.Libbpf.</summary>
    public static async Task VerifyWithoutLibbpf<TAnalyzer>(IReadOnlyList<TextFile> files, string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        Test<TAnalyzer> test = new() { TestCode = Generation.Usings + source };
        foreach (TextFile file in files)
            test.TestState.AdditionalFiles.Add((file.Path, file.Content));
        foreach (MetadataReference reference in References.All.Where(static r => r.Display?.Contains(References.LibbpfName, StringComparison.Ordinal) == true))
            test.TestState.AdditionalReferences.Remove(reference);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The diagnostics of an analyzer on a source without markup.</summary>
    public static Task<ImmutableArray<Diagnostic>> Report<TAnalyzer>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new() => Report<TAnalyzer>(Generation.Compile(Generation.Usings + source, allowUnsafe: true));

    /// <summary>Fails if the parser returns no spec without an error, or one in spite of an error.</summary>
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
            bool hasError = reported.Any(static d => d.DefaultSeverity == DiagnosticSeverity.Error);
            Assert.True(hasError == withListener is null, $"{type}: the spec is {(withListener is null ? "null" : "there")}, and reported is: {string.Join("; ", reported)}");
        }
    }

    public static async Task<ImmutableArray<Diagnostic>> Report<TAnalyzer>(CSharpCompilation compilation, ImmutableArray<AdditionalText> files = default)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        AnalyzerOptions options = new(files.IsDefault ? [] : files);
        Generation.CreateDriver([.. options.AdditionalFiles]).RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        ImmutableArray<Diagnostic> all = await output.WithAnalyzers([new TAnalyzer()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. all.OrderBy(static d => d.Location.IsInSource).ThenBy(static d => d.Location.SourceSpan.Start)];
    }

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

        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(BpfMapGenerator)];

        protected override ParseOptions CreateParseOptions() => Generation.ParseOptions;

        protected override CompilationOptions CreateCompilationOptions() =>
            ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithAllowUnsafe(true).WithNullableContextOptions(NullableContextOptions.Enable);
    }
}
