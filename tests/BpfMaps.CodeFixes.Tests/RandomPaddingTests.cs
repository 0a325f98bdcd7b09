using System.Globalization;
using System.Text;
using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.CodeFixes.Tests.Harness;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Declared padding in random structs.</summary>
public sealed class RandomPaddingTests
{
    private const int StructsInATest = 150;

    private static readonly string[] s_types =
    [
        "byte",
        "sbyte",
        "ushort",
        "short",
        "uint",
        "int",
        "ulong",
        "double",
        "Be16",
        "Be64",
        "Bytes8",
        "BpfText<Bytes16>",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task NamedPadding_MovesNothing(int seed)
    {
        string source = RandomStructs(new Random(seed));
        using AdhocWorkspace workspace = new();
        Project project = workspace
            .AddProject("User", LanguageNames.CSharp)
            .WithParseOptions(Generation.ParseOptions)
            .WithCompilationOptions(Generation.Compile("").Options)
            .AddMetadataReferences(References.All);
        Document document = project.AddDocument("User.cs", Generation.Usings + source);
        Compilation compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        IReadOnlyList<Diagnostic> reported = await compilation
            .WithAnalyzers([new ValuePaddingAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        List<Repair> repairs = [];
        foreach (Diagnostic diagnostic in reported)
        {
            Site? site = await Site.FindAsync(document, diagnostic, TestContext.Current.CancellationToken);
            repairs.Add(Assert.Single(new PaddingFixProvider().Propose(site!)));
        }
        Assert.True(repairs.Count > StructsInATest / 2, "Few of the structs have padding.");
        Solution @fixed = await Repair.ApplyAsync(document.Project.Solution, repairs, TestContext.Current.CancellationToken);
        string text = (await @fixed.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        await Layouts.CheckPadded(source, text[Generation.Usings.Length..]);
    }

    private static string RandomStructs(Random random)
    {
        StringBuilder source = new();
        for (int i = 0; i < StructsInATest; i++)
        {
            bool isExplicit = random.Next(4) == 0;
            bool isOneLine = random.Next(2) == 0;
            string end = isOneLine ? " " : "\n";
            source.Append(
                CultureInfo.InvariantCulture,
                $"[BpfMap(Type = BpfMapType.Array)] {LayoutOf(random, isExplicit)}public struct S{i}{end}{{{end}"
            );
            int offset = 0;
            for (int f = 0; f <= random.Next(1, 6); f++)
            {
                string type =
                    i > 0 && random.Next(4) == 0
                        ? "S" + random.Next(i).ToString(CultureInfo.InvariantCulture)
                        : s_types[random.Next(s_types.Length)];
                offset += random.Next(20);
                string place = isExplicit ? $"[FieldOffset({offset})] " : "";
                source.Append(CultureInfo.InvariantCulture, $"{place}public {type} F{f};{end}");
            }
            source.Append("}\n");
        }
        return source.ToString();
    }

    private static string LayoutOf(Random random, bool isExplicit)
    {
        string pack = random.Next(3) == 0 ? $", Pack = {1 << random.Next(5)}" : "";
        string size = random.Next(3) == 0 ? $", Size = {random.Next(1, 700)}" : "";
        return isExplicit || pack.Length + size.Length > 0
            ? $"[StructLayout(LayoutKind.{(isExplicit ? "Explicit" : "Sequential")}{pack}{size})] "
            : "";
    }
}
