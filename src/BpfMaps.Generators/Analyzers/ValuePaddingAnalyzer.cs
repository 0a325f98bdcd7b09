using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports padding in values. Every write must copy the value to zero the padding.</summary>
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
        context.RegisterSymbolAction(
            static c => PaddingAnalysis.Analyze(c, LayoutDescriptors.ValueHasPadding, FindWritten),
            SymbolKind.NamedType
        );
    }

    /// <returns><see langword="null"/> if only programs write values, because reading padding costs nothing.</returns>
    private static ITypeSymbol? FindWritten(MapDeclaration declaration) =>
        declaration.Kind.IsWrittenByPrograms ? null : ValueRules.FindValue(declaration);
}
