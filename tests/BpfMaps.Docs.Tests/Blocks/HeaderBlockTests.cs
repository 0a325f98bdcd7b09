using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Generators;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that the C headers of the pages are those of the C# declarations beside them.</summary>
public sealed class HeaderBlockTests
{
    private const string Ending = ".bpf.h";

    public static TheoryData<string> Headers =>
        [
            .. Documentation
                .Blocks.Where(static block => block.Words(Mark.File).Any(static file => file.EndsWith(Ending, StringComparison.Ordinal)))
                .Select(static block => block.Name),
        ];

    [Theory]
    [MemberData(nameof(Headers))]
    public void Header_IsThatOfTheDeclarations(string name)
    {
        CodeBlock header = Documentation.Block(name);
        string assembly = header.Words(Mark.File)[0][..^Ending.Length];
        CodeBlock source = header.Page.Blocks.Single(block => block.Words(Mark.File).Contains(assembly + ".cs"));
        CSharpCompilation compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(source.Text, Generation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken)],
            References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        CSharpGeneratorDriver
            .Create(
                [new BpfMapGenerator().AsSourceGenerator()],
                parseOptions: Generation.ParseOptions,
                optionsProvider: new AdditionalFileOption("", "build_property.BpfExportHeader", "true")
            )
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _, TestContext.Current.CancellationToken);

        object? text = output
            .GetTypeByMetadataName("BpfMaps.Generated.ExportedHeader")!
            .GetMembers("Text")
            .OfType<IFieldSymbol>()
            .Single()
            .ConstantValue;
        Assert.Equal(text, header.Text);
    }
}
