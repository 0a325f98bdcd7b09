using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BpfMaps.CodeFixes.Tests.Harness;

/// <summary>
/// Runs all analyzers over sources whose diagnostics are marked as <c>{|BPFMAP001:Name|}</c>, and then a fix: one after the other, and all
/// at once in the document, the project and the solution. Remaining diagnostics must be marked in the fixed source.
/// </summary>
internal static class Fix
{
    private static readonly DiagnosticAnalyzer[] s_analyzers =
    [
        .. typeof(DiagnosticIds)
            .Assembly.GetTypes()
            .Where(static t => !t.IsAbstract && t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsSubclassOf(typeof(DiagnosticSuppressor)))
            .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    /// <param name="key">Which of several fixes; the first if none is given.</param>
    public static Task Verify<TFix>(string source, string @fixed, string? key = null, string? title = null)
        where TFix : RepairProvider, new() => Verify<TFix>([source], [@fixed], key, title);

    /// <summary>A source in several files; those without a change have the same text before and after.</summary>
    public static Task Verify<TFix>(
        string[] sources,
        string[] @fixed,
        string? key = null,
        string? title = null,
        string usings = Generation.Usings
    )
        where TFix : RepairProvider, new() =>
        Create<TFix>(sources, @fixed, key, title, usings).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Verifies a source in a project with the object <c>flow.bpf.o</c>.</summary>
    public static Task VerifyWithLayout<TFix>(string layout, string source, string @fixed, string? key = null, string? title = null)
        where TFix : RepairProvider, new()
    {
        Test<TFix> test = Create<TFix>([source], [@fixed], key, title, Generation.Usings);
        test.TestState.AdditionalFiles.Add(("/flow.bpf.layout", layout));
        test.FixedState.AdditionalFiles.Add(("/flow.bpf.layout", layout));
        test.DisabledDiagnostics.Add("BPFMAP058"); // Padding in the C keys, which only a change of the C source fixes.
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Test<TFix> Create<TFix>(string[] sources, string[] @fixed, string? key, string? title, string usings)
        where TFix : RepairProvider, new()
    {
        Test<TFix> test = new()
        {
            CodeActionEquivalenceKey = key,
            CodeActionVerifier = (action, verifier) =>
                verifier.True(title is null || title == action.Title, "The title is: " + action.Title),
        };
        for (int i = 0; i < sources.Length; i++)
        {
            test.TestState.Sources.Add(($"File{i}.cs", usings + sources[i]));
            test.FixedState.Sources.Add(($"File{i}.cs", usings + @fixed[i]));
        }
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        return test;
    }

    /// <summary>Verifies that no fix is proposed for the marked diagnostics.</summary>
    public static Task VerifyNone<TFix>(string source)
        where TFix : RepairProvider, new() => Verify<TFix>(source, source);

    private sealed class Test<TFix> : CSharpCodeFixTest<MapDeclarationAnalyzer, TFix, DefaultVerifier>
        where TFix : RepairProvider, new()
    {
        // An empty set of reference assemblies: the framework that runs the tests is referenced instead, nothing is downloaded.
        public Test()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(References.All);
            TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck;
            // Errors of a map are reported at the code to change, including containing types and the types of keys and values.
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipLocalDiagnosticCheck;
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => s_analyzers;

        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(EditorGenerator)];

        protected override ParseOptions CreateParseOptions() => Generation.ParseOptions;

        protected override CompilationOptions CreateCompilationOptions() =>
            ((CSharpCompilationOptions)base.CreateCompilationOptions())
                .WithAllowUnsafe(true)
                .WithNullableContextOptions(NullableContextOptions.Enable);
    }
}
