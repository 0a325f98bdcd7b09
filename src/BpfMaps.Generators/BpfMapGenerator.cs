using System.Collections.Immutable;
using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators;

/// <summary>Generates the map class of every <c>[BpfMap]</c>, and the members of every <c>[BpfObject]</c>. It reports nothing: the analyzers do, with the same parsers.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class BpfMapGenerator : IIncrementalGenerator
{
    /// <summary>The tracked step whose outputs are the parsed maps.</summary>
    internal const string MapsStep = "Maps";

    /// <summary>The tracked step whose outputs are the parsed layout files.</summary>
    internal const string LayoutsStep = "Layouts";

    /// <summary>The tracked step whose outputs are the objects with their layouts.</summary>
    internal const string ObjectsStep = "Objects";

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
        RegisterObjects(context, maps);
    }

    // Files and declarations meet only when both are parsed and comparable: editing C# re-reads no file, and the other way round.
    private static void RegisterObjects(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<MapSpec> maps)
    {
        IncrementalValuesProvider<LayoutInput> layouts = context.AdditionalTextsProvider
            .Where(static file => ObjectFiles.IsLayout(file.Path))
            .Select(static (file, cancellation) => new LayoutInput(file.Path.Replace('\\', '/'), Read(file, cancellation)))
            .WithTrackingName(LayoutsStep);

        IncrementalValuesProvider<MapClaim> claims = maps.Where(static spec => spec.Claim is not null).Select(static (spec, _) => spec.Claim!);

        IncrementalValuesProvider<ObjectInput> objects = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                SymbolFacts.ObjectAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) => ObjectParser.Parse((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0], found.SemanticModel.Compilation, report: null, cancellation))
            .Where(static spec => spec is not null)
            .Combine(layouts.Collect())
            .Combine(claims.Collect())
            .Select(static (joined, _) => Join(joined.Left.Left!, joined.Left.Right, joined.Right))
            .Where(static input => input is not null)
            .Select(static (input, _) => input!)
            .WithTrackingName(ObjectsStep);

        context.RegisterSourceOutput(objects, static (output, input) =>
        {
            foreach ((string hintName, string text) in ObjectEmitter.Emit(input))
                output.AddSource(hintName, text);
        });
    }

    private static LayoutFile? Read(AdditionalText file, CancellationToken cancellation) =>
        file.GetText(cancellation) is { } text ? LayoutFileParser.Parse(text.ToString(), out _) : null;

    private static ObjectInput? Join(ObjectSpec spec, ImmutableArray<LayoutInput> layouts, ImmutableArray<MapClaim> claims)
    {
        if (ObjectFiles.Find(layouts, static file => file.Path, spec.Path)?.Layout is not { } layout)
            return null;
        return new(spec, layout, claims.Where(claim => ObjectFiles.AreSame(claim.Object, spec.Path)).ToEquatableArray());
    }
}
