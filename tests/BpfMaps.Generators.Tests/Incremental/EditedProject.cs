using System.Collections.Immutable;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BpfMaps.Generators.Tests.Incremental;

/// <summary>A project that is edited while the same driver generates code for it, as in an editor.</summary>
internal sealed class EditedProject
{
    private GeneratorDriver _driver;

    private readonly ImmutableArray<AdditionalText> _layouts;

    private EditedProject(CSharpCompilation compilation, ImmutableArray<AdditionalText> layouts)
    {
        Compilation = compilation;
        _layouts = layouts;
        _driver = Generation.CreateDriver([.. layouts]);
        Run();
    }

    public CSharpCompilation Compilation { get; private set; }

    /// <param name="files">Paths and texts, including layout files.</param>
    public static EditedProject Open(params (string Path, string Text)[] files) =>
        new(
            Generation
                .Compile("")
                .RemoveAllSyntaxTrees()
                .AddSyntaxTrees(
                    files
                        .Where(static file => !IsLayout(file.Path))
                        .Select(static file => Parse(file.Path, file.Text, Generation.ParseOptions))
                ),
            [.. files.Where(static file => IsLayout(file.Path)).Select(static file => new TextFile(file.Path, file.Text))]
        );

    /// <summary>Replaces a part of a file, like typing in an editor.</summary>
    public void Edit(string path, string before, string after)
    {
        SyntaxTree tree = this[path];
        string text = tree.ToString();
        int start = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(start >= 0 && text.IndexOf(before, start + 1, StringComparison.Ordinal) < 0, $"'{before}' is to be in {path} once.");
        Change(compilation =>
            compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(tree.GetText().Replace(new TextSpan(start, before.Length), after)))
        );
    }

    public void Write(string path, string text) =>
        Change(compilation => compilation.ReplaceSyntaxTree(this[path], this[path].WithChangedText(SourceText.From(text))));

    public void Add(string path, string text) =>
        Change(compilation => compilation.AddSyntaxTrees(Parse(path, text, Generation.ParseOptions)));

    public void Remove(string path) => Change(compilation => compilation.RemoveSyntaxTrees(this[path]));

    public void Change(Func<CSharpCompilation, CSharpCompilation> change)
    {
        Compilation = change(Compilation);
        Run();
    }

    public SyntaxTree this[string path] => Compilation.SyntaxTrees.Single(tree => tree.FilePath == path);

    /// <summary>The generated hint names and texts.</summary>
    public ImmutableArray<(string HintName, string Text)> Generated => TextsOf(_driver);

    /// <summary>Generates code for the same project with a new driver and newly parsed files.</summary>
    public ImmutableArray<(string HintName, string Text)> GeneratedFresh()
    {
        IEnumerable<SyntaxTree> trees = Compilation.SyntaxTrees.Select(static tree =>
            Parse(tree.FilePath, tree.ToString(), (CSharpParseOptions)tree.Options)
        );
        CSharpCompilation fresh = CSharpCompilation.Create(
            Compilation.AssemblyName,
            [.. trees],
            Compilation.References,
            Compilation.Options
        );
        return TextsOf(Generation.CreateDriver([.. _layouts]).RunGenerators(fresh, TestContext.Current.CancellationToken));
    }

    /// <summary>The reason of the parse step after the last edit; <see cref="Reason.Cached"/> if it did not run.</summary>
    public Reason Parse() => Reasons(BpfMapGenerator.DeclarationsStep).Single();

    public ImmutableArray<Reason> Reasons(string step) =>
        [.. Result.TrackedSteps.GetValueOrDefault(step, []).SelectMany(static s => s.Outputs).Select(static output => output.Reason)];

    /// <summary>The reasons of the output step after the last edit.</summary>
    public ImmutableArray<Reason> Outputs() =>
        [
            .. Result
                .TrackedOutputSteps.SelectMany(static pair => pair.Value)
                .SelectMany(static step => step.Outputs)
                .Select(static output => output.Reason),
        ];

    private GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    private void Run()
    {
        _driver = _driver.RunGenerators(Compilation, TestContext.Current.CancellationToken);
        Assert.Null(Result.Exception);
    }

    private static ImmutableArray<(string HintName, string Text)> TextsOf(GeneratorDriver driver) =>
        [.. driver.Sources().Select(static source => (source.HintName, source.SourceText.ToString()))];

    private static bool IsLayout(string path) => path.EndsWith(".layout", StringComparison.Ordinal);

    private static SyntaxTree Parse(string path, string text, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(text, options, path);
}
