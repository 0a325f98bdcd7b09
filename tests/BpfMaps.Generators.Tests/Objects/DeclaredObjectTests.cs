using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using BpfMaps.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>
/// The output of <c>bpfmaps generate</c> for each object of this repository has no diagnostics of the compiler and the analyzers.
/// </summary>
public sealed class DeclaredObjectTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(BpfMapGenerator)
            .Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static readonly string[] s_folders = ["tests", "samples"];

    private static readonly string?[] s_namespaces = [null, "Acme.Bpf", "System.Acme"];

    // Objects that libbpf rejects, and one with a map whose sizes user space sets: the number of maps that cannot be declared.
    private static readonly Dictionary<string, int> s_undeclared = new()
    {
        ["wide_key.bpf.c"] = 1,
        ["unloadable.bpf.c"] = 3,
        ["sizes.bpf.c"] = 1,
    };

    /// <summary>The BPF sources of this repository, without those that include a header of a build.</summary>
    public static TheoryData<string> Sources =>
        [
            .. s_folders
                .SelectMany(static folder =>
                    Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.bpf.c", SearchOption.AllDirectories)
                )
                .Select(static path => Path.GetRelativePath(Repository.Root, path))
                .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"))
                .Where(static path => !Repository.Read(path).Contains(".bpf.h\"", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Declarations_HaveNoErrorAndNoWarning(string source)
    {
        TextFile layout = Layout(source);
        foreach (string? space in s_namespaces)
        {
            string code = Emit(layout.Content, space);
            // Padding in C keys cannot be declared away: it is a problem of the C source.
            Diagnostic[] problems = [.. (await Problems(code, layout)).Where(static d => d.Id != DiagnosticIds.ObjectKeyHasPadding)];
            Assert.True(problems.Length == 0, string.Join('\n', problems.AsEnumerable()) + "\n\n" + code);
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Declarations_ThereIsOneForEachMap(string source)
    {
        TextFile layout = Layout(source);
        int maps = LayoutFileParser.Parse(layout.Content, out _)!.Maps.Count;

        string code = Emit(layout.Content, "Acme");

        int undeclared = s_undeclared.GetValueOrDefault(Path.GetFileName(source));
        Assert.Equal(undeclared, code.Split("cannot be declared").Length - 1);
        CSharpCompilation compilation = Generation.Compile(code);
        Assert.Equal(
            maps - undeclared,
            compilation
                .SyntaxTrees.Single()
                .GetRoot(TestContext.Current.CancellationToken)
                .DescendantNodes()
                .OfType<AttributeArgumentSyntax>()
                .Count(static a => a.NameEquals?.Name.ToString() == "Object")
        );
    }

    /// <summary>A type with one of these names would change the meaning of the text.</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public void NamesThatDeclarationsUse_AreGivenToNoType(string source)
    {
        CSharpCompilation compilation = Generation.Compile(Emit(Layout(source).Content, "Acme"));
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        SemanticModel model = compilation.GetSemanticModel(tree);

        IEnumerable<string> used = tree.GetRoot(TestContext.Current.CancellationToken)
            .DescendantNodes()
            .OfType<SimpleNameSyntax>()
            .Where(static name =>
                name.Parent
                    is not (
                        QualifiedNameSyntax
                        or AliasQualifiedNameSyntax
                        or MemberAccessExpressionSyntax { Expression: not IdentifierNameSyntax }
                    )
                && name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null
            )
            .Where(name =>
                model.GetSymbolInfo(name, TestContext.Current.CancellationToken).Symbol is { } symbol
                && (
                    symbol as ITypeSymbol ?? (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType : null)
                )
                    is { } type
                && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            )
            .Select(static name => name.Identifier.ValueText);

        Assert.Empty(used.Distinct().Except(CSharpNames.UsedByDeclarations));
    }

    private static TextFile Layout(string source)
    {
        Require.Clang();
        byte[] image = ClangCompiler.Instance.Compile(Path.Combine(Repository.Root, source));
        return new TextFile("/x.bpf.layout", LayoutWriter.Write(BpfObjectFile.Parse(image, "x.bpf.o")));
    }

    private static string Emit(string layout, string? space)
    {
        LayoutFile file = LayoutFileParser.Parse(layout, out LayoutFileError? error)!;
        Assert.Null(error);
        return DeclarationEmitter.Emit(file, "x.bpf.o", space);
    }

    private static async Task<IEnumerable<Diagnostic>> Problems(string code, TextFile layout)
    {
        Generation
            .CreateDriver(layout)
            .RunGeneratorsAndUpdateCompilation(
                Generation.Compile(code),
                out Compilation output,
                out ImmutableArray<Diagnostic> reported,
                TestContext.Current.CancellationToken
            );
        CompilationWithAnalyzers analyzed = output.WithAnalyzers(s_analyzers, new AnalyzerOptions([layout]));
        // BPFMAP060 depends on the compiler of the object and applies to every declaration.
        return reported
            .Concat(await analyzed.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken))
            .Where(static d => !d.IsSuppressed && d.Severity >= DiagnosticSeverity.Warning && d.Id != "BPFMAP060");
    }
}
