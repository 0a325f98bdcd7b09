using System.Collections.Concurrent;
using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>
/// Reports metrics with the same name that several maps declare with different kinds, units or labels: collectors treat them as one
/// metric.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MetricNameAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [MetricDescriptors.MetricsDiffer];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentBag<Exported> metrics = [];
            start.RegisterSymbolAction(c => Collect(c, metrics), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(c => Report(c, metrics));
        });
    }

    private static void Collect(SymbolAnalysisContext context, ConcurrentBag<Exported> exported)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (ParsedMap.Find(type, context.Compilation) is not { Spec.Metrics: { } metrics, Declaration: { } declaration })
            return;
        string labels =
            metrics.Labels.Count == 0
                ? "no labels"
                : "the labels "
                    + string.Join(", ", metrics.Labels.Select(static l => l.Name).OrderBy(static n => n, StringComparer.Ordinal));
        foreach (MetricSpec metric in metrics.Metrics)
        {
            string unit = metric.Unit is null ? "" : $" in '{metric.Unit}'";
            string shape = $"a {metric.Kind.ToString().ToLowerInvariant()}{unit} with {labels}";
            exported.Add(new(MetricNames.Normalize(metric.Name), metric.Name, shape, type.MessageName(), declaration.Place));
        }
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<Exported> metrics)
    {
        foreach (IGrouping<string, Exported> group in metrics.GroupBy(static m => m.Normal, StringComparer.Ordinal))
        {
            List<Exported> ordered =
            [
                .. group
                    .OrderBy(static m => m.Place.SourceTree?.FilePath, StringComparer.Ordinal)
                    .ThenBy(static m => m.Place.SourceSpan.Start),
            ];
            foreach (Exported later in ordered.Skip(1).Where(m => m.Shape != ordered[0].Shape))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(
                        MetricDescriptors.MetricsDiffer,
                        later.Place,
                        additionalLocations: [ordered[0].Place],
                        later.Name,
                        later.Map,
                        later.Shape,
                        ordered[0].Map,
                        ordered[0].Shape
                    )
                );
            }
        }
    }

    private sealed record Exported(string Normal, string Name, string Shape, string Map, Location Place);
}
