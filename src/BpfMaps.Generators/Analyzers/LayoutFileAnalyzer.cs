using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports invalid <c>.layout</c> files, at the line with the error.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayoutFileAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ObjectDescriptors.LayoutUnreadable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ObjectLayouts layouts = ObjectLayouts.Read(start);
            start.RegisterAdditionalFileAction(c => Report(c, layouts));
        });
    }

    private static void Report(AdditionalFileAnalysisContext context, ObjectLayouts layouts)
    {
        if (layouts.All.FirstOrDefault(l => l.Path == context.AdditionalFile.Path) is not { Error: { } error } layout)
            return;
        context.ReportDiagnostic(
            Diagnostic.Create(
                ObjectDescriptors.LayoutUnreadable,
                layout.LocationOf(error.Line),
                ObjectFileNames.FileName(layout.Path),
                error.Line.Text(),
                layout.Name,
                error.Message
            )
        );
    }
}
