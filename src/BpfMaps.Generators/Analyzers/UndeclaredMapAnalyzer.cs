using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>
/// Offers to declare maps of an object that are not declared: at the first declaration of another map of the object, or at the line of the
/// map in the <c>.layout</c> file.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndeclaredMapAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ObjectDescriptors.MapNotDeclared];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ObjectLayouts layouts = ObjectLayouts.Read(start);
            if (layouts.All.IsEmpty)
                return;

            // Not at the end of the compilation, because editors offer no fixes for diagnostics reported there. Without cancellation,
            // because Lazy would cache the exception.
            Lazy<DeclaredMaps> declared = new(() => DeclaredMaps.Find(start.Compilation, layouts));
            start.RegisterSymbolAction(c => AtDeclaration(c, layouts, declared), SymbolKind.NamedType);
            start.RegisterAdditionalFileAction(c => AtLayout(c, layouts, declared));
        });
    }

    private static void AtDeclaration(SymbolAnalysisContext context, ObjectLayouts layouts, Lazy<DeclaredMaps> declared)
    {
        if (context.Symbol.FindMapAttribute() is null)
            return;
        foreach (ObjectLayout layout in layouts.All)
        {
            if (declared.Value.FirstOf(layout) is { } first && SymbolEqualityComparer.Default.Equals(first.Type, context.Symbol))
                Report(context.ReportDiagnostic, layout, declared.Value, first.Place);
        }
    }

    private static void AtLayout(AdditionalFileAnalysisContext context, ObjectLayouts layouts, Lazy<DeclaredMaps> declared)
    {
        if (layouts.All.FirstOrDefault(l => l.Path == context.AdditionalFile.Path) is { } layout && declared.Value.FirstOf(layout) is null)
            Report(context.ReportDiagnostic, layout, declared.Value, null);
    }

    private static void Report(Action<Diagnostic> report, ObjectLayout layout, DeclaredMaps declared, Location? place)
    {
        foreach (LayoutMap map in layout.File?.Maps ?? [])
        {
            if (declared.Includes(layout, map))
                continue;
            report(
                Diagnostic.Create(
                    ObjectDescriptors.MapNotDeclared,
                    place ?? layout.LocationOfMap(map),
                    DiagnosticProperties.Of((DiagnosticProperties.LayoutPath, layout.Path), (DiagnosticProperties.MapName, map.Name)),
                    layout.Name,
                    map.Name,
                    map.Type.ToString()
                )
            );
        }
    }
}
