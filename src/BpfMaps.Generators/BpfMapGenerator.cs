using System.Collections.Immutable;
using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Shapes;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators;

/// <summary>Generates the map class of every <c>[BpfMap]</c>, and the members of every <c>[BpfObject]</c>.</summary>
/// <remarks>Errors come from analyzers, which use the same parsers. The generator reports only where no analyzer runs.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class BpfMapGenerator : IIncrementalGenerator
{
    /// <summary>The tracked step whose output changes only if a declaration may have another meaning.</summary>
    internal const string ShapeStep = "Shape";

    /// <summary>The tracked step that parses. Its output is all declarations of the compilation.</summary>
    internal const string DeclarationsStep = "Declarations";

    /// <summary>The tracked step whose outputs are the parsed maps.</summary>
    internal const string MapsStep = "Maps";

    /// <summary>The tracked step whose outputs are the parsed layout files.</summary>
    internal const string LayoutsStep = "Layouts";

    /// <summary>The tracked step whose outputs are the objects with their layouts.</summary>
    internal const string ObjectsStep = "Objects";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterImplementationSourceOutput(
            RegisterCode(context),
            static (output, shape) => AmbiguousTypeReporter.Report(shape.Compilation, output.ReportDiagnostic, output.CancellationToken)
        );
        // Only builds run it, so nothing is gained from comparing shapes.
        context.RegisterImplementationSourceOutput(
            context.CompilationProvider.Combine(
                context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ExportsHeader(options.GlobalOptions))
            ),
            static (output, pair) =>
            {
                (Compilation compilation, bool exports) = pair;
                if (exports)
                    output.AddSource(
                        ExportedHeaderEmitter.HintName,
                        ExportedHeaderEmitter.Emit(HeaderParser.Parse(compilation, output.CancellationToken))
                    );
            }
        );
    }

    /// <summary>Registers the steps that generate code. Editors run only these.</summary>
    internal static IncrementalValueProvider<CompilationShape> RegisterCode(IncrementalGeneratorInitializationContext context)
    {
        // Not ForAttributeWithMetadataName, which binds all these attributes again after every edit. docs/architecture.md has the
        // measurements.
        IncrementalValueProvider<CompilationShape> shapes = context
            .CompilationProvider.Select(static (compilation, _) => CompilationShape.Of(compilation))
            .WithTrackingName(ShapeStep);

        IncrementalValueProvider<CompilationSpec> declarations = shapes
            .Select(static (shape, cancellation) => DeclarationFinder.Parse(shape.Compilation, cancellation))
            .WithTrackingName(DeclarationsStep);

        IncrementalValuesProvider<MapSpec> maps = declarations.SelectMany(static (found, _) => found.Maps).WithTrackingName(MapsStep);

        context.RegisterSourceOutput(maps, static (output, spec) => output.AddSource(spec.HintName, MapEmitter.Emit(spec)));
        RegisterObjects(context, maps, declarations.SelectMany(static (found, _) => found.Objects));
        return shapes;
    }

    // Layout files and declarations are joined only after both are parsed and comparable, so that an edit of one side does not parse the
    // other again.
    private static void RegisterObjects(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<MapSpec> maps,
        IncrementalValuesProvider<ObjectSpec> specs
    )
    {
        IncrementalValuesProvider<LayoutFileSpec> layouts = context
            .AdditionalTextsProvider.Where(static file => ObjectFileNames.IsLayout(file.Path))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(
                static (pair, cancellation) =>
                    new LayoutFileSpec(
                        pair.Left.Path.Replace('\\', '/'),
                        Read(pair.Left, cancellation),
                        IsEmbedded(pair.Right.GetOptions(pair.Left))
                    )
            )
            .WithTrackingName(LayoutsStep);

        IncrementalValuesProvider<MapClaimSpec> claims = maps.Where(static spec => spec.Claim is not null)
            .Select(static (spec, _) => spec.Claim!);

        IncrementalValuesProvider<ObjectCodeSpec> objects = specs
            .Combine(layouts.Collect())
            .Combine(claims.Collect())
            .Select(static (joined, _) => Join(joined.Left.Left, joined.Left.Right, joined.Right))
            .Where(static input => input is not null)
            .Select(static (input, _) => input!)
            .WithTrackingName(ObjectsStep);

        context.RegisterSourceOutput(
            objects,
            static (output, input) =>
            {
                foreach ((string hintName, string text) in ObjectEmitter.Emit(input))
                    output.AddSource(hintName, text);
            }
        );
    }

    private static bool ExportsHeader(AnalyzerConfigOptions options) =>
        options.TryGetValue(HeaderParser.Option, out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsEmbedded(AnalyzerConfigOptions options) =>
        options.TryGetValue(LayoutFileSpec.EmbedOption, out string? value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static LayoutFile? Read(AdditionalText file, CancellationToken cancellation) =>
        file.GetText(cancellation) is { } text ? LayoutFileParser.Parse(text.ToString(), out _) : null;

    private static ObjectCodeSpec? Join(ObjectSpec spec, ImmutableArray<LayoutFileSpec> layouts, ImmutableArray<MapClaimSpec> claims)
    {
        if (ObjectFileNames.Find(layouts, static file => file.Path, spec.Path) is not { Layout: { } layout } file)
            return null;
        // A declaration may name the object by a shorter or longer path than the class does.
        return new(
            spec,
            layout,
            claims
                .Where(claim => ReferenceEquals(ObjectFileNames.Find(layouts, static other => other.Path, claim.Object), file))
                .ToEquatableArray(),
            file.IsEmbedded
        );
    }
}
