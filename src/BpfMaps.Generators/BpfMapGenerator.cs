using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators;

/// <summary>Generates the map class of every <c>[BpfMap]</c>. It reports nothing: the analyzers do, with the same parser.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class BpfMapGenerator : IIncrementalGenerator
{
    /// <summary>The tracked step whose outputs are the parsed maps.</summary>
    internal const string MapsStep = "Maps";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<MapSpec> maps = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                SymbolFacts.MapAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) => MapParser.Parse((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0], found.SemanticModel.Compilation, report: null, cancellation))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(MapsStep);

        context.RegisterSourceOutput(maps, static (output, spec) => output.AddSource(spec.HintName, MapEmitter.Emit(spec)));
    }
}
