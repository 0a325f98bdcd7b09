using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports bytes of a value that belong to no field: every write has to copy the value to zero them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValuePaddingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutDescriptors.ValueHasPadding];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static c => PaddingReport.Analyze(c, LayoutDescriptors.ValueHasPadding, FindWritten), SymbolKind.NamedType);
    }

    /// <returns><see langword="null"/> where only programs write values: padding that is read costs nothing.</returns>
    private static ITypeSymbol? FindWritten(MapDeclaration declaration) => declaration.Kind.IsReadOnly ? null : ValueRules.FindValue(declaration);
}
