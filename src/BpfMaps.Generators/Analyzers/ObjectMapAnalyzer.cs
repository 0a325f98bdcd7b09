using System.Collections.Immutable;
using BpfMaps.Generators.Comparison;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Compares every declared map with the map of the same name in the BPF objects of the project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ObjectMapAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        ObjectDescriptors.ObjectUnknown,
        ObjectDescriptors.MapNotInObject,
        ObjectDescriptors.MapInNoObject,
        ObjectDescriptors.TypeDiffers,
        ObjectDescriptors.MaxEntriesDiffers,
        ObjectDescriptors.FlagsDiffer,
        ObjectDescriptors.MapExtraDiffers,
        ObjectDescriptors.KeyDiffers,
        ObjectDescriptors.ValueDiffers,
        ObjectDescriptors.ByteOrderDiffers,
        ObjectTypeDescriptors.RecordDiffers,
        ObjectTypeDescriptors.TypeNotInObject,
        ObjectTypeDescriptors.EnumIsCut,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ObjectLayouts layouts = ObjectLayouts.Read(start);
            // Without cancellation, because Lazy would cache the exception.
            Lazy<DeclaredMaps> declared = new(() => DeclaredMaps.Find(start.Compilation, layouts));
            start.RegisterSymbolAction(c => Analyze(c, layouts, declared), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, ObjectLayouts layouts, Lazy<DeclaredMaps> declared)
    {
        if (
            ParsedMap.Find((INamedTypeSymbol)context.Symbol, context.Compilation)
                is not { Compared: { } spec, Declaration: { } declaration }
            || Find(context, layouts, declared, declaration, spec) is not { Count: > 0 } found
        )
        {
            return;
        }

        // A declaration without an object may refer to any map with its name. It is valid if it matches one of them.
        List<Diagnostic>? fewest = null;
        foreach (ObjectMap map in found)
        {
            List<Diagnostic> findings = MapFindings.Of(declaration, spec, map);
            if (fewest is null || findings.Count < fewest.Count)
                fewest = findings;
        }
        foreach (Diagnostic finding in fewest!)
            context.ReportDiagnostic(finding);
    }

    private static List<ObjectMap>? Find(
        SymbolAnalysisContext context,
        ObjectLayouts layouts,
        Lazy<DeclaredMaps> declared,
        MapDeclaration declaration,
        MapSpec spec
    )
    {
        if (declaration.Attribute.Object is { } name)
            return FindIn(context, layouts, name, declaration, spec);
        if (layouts.All.IsEmpty)
            return null;
        List<ObjectMap> found = [.. layouts.MapsFor(null, spec.Name)];
        // The map may be in a file that could not be read.
        if (found.Count == 0 && !layouts.AnyUnreadable && !declared.Value.IsInner(declaration.Target))
            ReportMissing(context, ObjectDescriptors.MapInNoObject, declaration, spec, layouts.All);
        return found;
    }

    private static List<ObjectMap>? FindIn(
        SymbolAnalysisContext context,
        ObjectLayouts layouts,
        string name,
        MapDeclaration declaration,
        MapSpec spec
    )
    {
        ImmutableArray<ObjectLayout> named = [.. layouts.Named(name)];
        if (named.IsEmpty)
        {
            string there = layouts.All.IsEmpty
                ? "found none"
                : "found " + string.Join(", ", layouts.All.Select(static l => l.Name).Distinct());
            string? nearest = NameHints.NearestFile(name, layouts.All.Select(static l => l.Name));
            context.ReportDiagnostic(
                Diagnostic.Create(
                    ObjectDescriptors.ObjectUnknown,
                    declaration.Attribute.LocationOfValue("Object"),
                    nearest is null
                        ? ImmutableDictionary<string, string?>.Empty
                        : DiagnosticProperties.Of(
                            (DiagnosticProperties.Argument, "Object"),
                            (DiagnosticProperties.ArgumentValue, $"\"{nearest}\"")
                        ),
                    spec.Name,
                    declaration.Target.MessageName(),
                    $"no .layout file describes '{name}' ({there}): {NameHints.Instead(nearest)}add <BpfObject Include=\"{name}\" /> to the project"
                )
            );
            return null;
        }
        if (named.Length > 1)
            return null; // AmbiguousObjectAnalyzer reports it.
        List<ObjectMap> found = [.. layouts.MapsFor(name, spec.Name)];
        if (found.Count == 0 && named.All(static l => l.File is not null))
            ReportMissing(context, ObjectDescriptors.MapNotInObject, declaration, spec, named);
        return found;
    }

    private static void ReportMissing(
        SymbolAnalysisContext context,
        DiagnosticDescriptor descriptor,
        MapDeclaration declaration,
        MapSpec spec,
        ImmutableArray<ObjectLayout> layouts
    )
    {
        bool isNamed = descriptor == ObjectDescriptors.MapNotInObject;
        string there = isNamed
            ? NameHints.MapsOf(layouts[0].File!)
            : string.Join("; ", layouts.Select(static l => $"{NameHints.MapsOf(l.File!)} in {l.Name}"));
        string? nearest = NameHints.Nearest(spec.Name, layouts.SelectMany(static l => l.File!.Maps).Select(static m => m.Name));
        Location place = declaration.Attribute.Name is null ? declaration.Place : declaration.Attribute.LocationOfValue("Name");
        string[] arguments = isNamed
            ? [layouts[0].Name, spec.Name, declaration.Target.MessageName(), there]
            : [spec.Name, declaration.Target.MessageName(), there];
        context.ReportDiagnostic(
            Diagnostic.Create(
                descriptor,
                place,
                nearest is null
                    ? ImmutableDictionary<string, string?>.Empty
                    : DiagnosticProperties.Of(
                        (DiagnosticProperties.Argument, "Name"),
                        (DiagnosticProperties.ArgumentValue, $"\"{nearest}\"")
                    ),
                arguments
            )
        );
    }
}
