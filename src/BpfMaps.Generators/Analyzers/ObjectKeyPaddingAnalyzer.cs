using System.Collections.Immutable;
using BpfMaps.Generators.Comparison;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>
/// Reports padding in the C keys of objects, once per map: at the first declaration of the map, or else at the class of the object.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ObjectKeyPaddingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ObjectTypeDescriptors.ObjectKeyHasPadding];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ObjectLayouts layouts = ObjectLayouts.Read(start);
            List<(ObjectLayout Layout, LayoutMap Map, ObjectKeyPadding Padding)> padded =
            [
                .. from layout in layouts.All
                from map in layout.File?.Maps ?? []
                let padding = ObjectKeyPadding.Find(layout, map)
                where padding is not null
                select (layout, map, padding),
            ];
            if (padded.Count == 0)
                return;

            // Without cancellation, because Lazy would cache the exception.
            Lazy<DeclaredMaps> declared = new(() => DeclaredMaps.Find(start.Compilation, layouts));
            start.RegisterSymbolAction(
                c =>
                {
                    foreach ((ObjectLayout layout, LayoutMap map, ObjectKeyPadding padding) in padded)
                    {
                        if (PlaceOf(c, declared.Value, layout, map) is { } place)
                            c.ReportDiagnostic(Create(place, layout, padding));
                    }
                },
                SymbolKind.NamedType
            );
        });
    }

    /// <summary>Gets where the analyzed type declares the map.</summary>
    private static Location? PlaceOf(SymbolAnalysisContext context, DeclaredMaps declared, ObjectLayout layout, LayoutMap map)
    {
        if (declared.FirstOf(layout, map) is { } first)
            return SymbolEqualityComparer.Default.Equals(first.Type, context.Symbol) ? first.Place : null;
        return SymbolEqualityComparer.Default.Equals(declared.ClassOf(layout), context.Symbol)
            ? context
                .Symbol.FindRuntimeAttribute("BpfObjectAttribute")
                ?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken)
                .GetLocation()
            : null;
    }

    private static Diagnostic Create(Location place, ObjectLayout layout, ObjectKeyPadding padding) =>
        Diagnostic.Create(
            ObjectTypeDescriptors.ObjectKeyHasPadding,
            place,
            padding.What,
            padding.Type,
            layout.Name,
            padding.Size.Text(),
            LayoutDescription.Bytes(padding.Gaps.Sum(static g => g.Length)),
            string.Join(", ", padding.Gaps.Select(static g => g.After is null ? g.ToString() : $"{g} (after {g.After})"))
        );
}
