using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports padding in keys. The kernel hashes and compares all bytes of a key, including padding.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyPaddingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutDescriptors.KeyHasPadding];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            static c => PaddingAnalysis.Analyze(c, LayoutDescriptors.KeyHasPadding, KeyRules.FindKey),
            SymbolKind.NamedType
        );
    }
}
