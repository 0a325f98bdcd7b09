extern alias generator;

using generator::BpfMaps.Generators.Emission;
using generator::BpfMaps.Generators.Model;
using generator::BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Benchmarks;

/// <summary>The generator for map declarations with <c>ForAttributeWithMetadataName</c>, for comparison.</summary>
#pragma warning disable RS1036, RS1038, RS1041 // It is not shipped.
internal sealed class AttributeGenerator : IIncrementalGenerator
#pragma warning restore RS1036, RS1038, RS1041
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<MapSpec> maps = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                SymbolFacts.MapAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) =>
                    MapParser.Parse(
                        (INamedTypeSymbol)found.TargetSymbol,
                        found.Attributes[0],
                        found.SemanticModel.Compilation,
                        report: null,
                        cancellation
                    )
            )
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!);
        context.RegisterSourceOutput(maps, static (output, spec) => output.AddSource(spec.HintName, MapEmitter.Emit(spec)));
    }
}
