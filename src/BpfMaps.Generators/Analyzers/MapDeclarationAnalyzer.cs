using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports why no class can be generated for a <c>[BpfMap]</c>: the errors of the parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MapDeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DeclarationDescriptors.MapClassNotPartial,
        DeclarationDescriptors.ContainingTypeNotPartial,
        DeclarationDescriptors.MapTypeMissing,
        DeclarationDescriptors.MapTypeWithoutClass,
        DeclarationDescriptors.DeclarationNotSupported,
        DeclarationDescriptors.KeyMissing,
        DeclarationDescriptors.KeyOnKeylessMap,
        DeclarationDescriptors.IndexNot4Bytes,
        DeclarationDescriptors.PrefixKeyExpected,
        DeclarationDescriptors.ValueMissing,
        DeclarationDescriptors.ValueOnStruct,
        DeclarationDescriptors.TypeNotAccessible,
        DeclarationDescriptors.ClassNameUnusable,
        DeclarationDescriptors.NameInvalid,
        DeclarationDescriptors.MaxEntriesRefused,
        DeclarationDescriptors.MapExtraRefused,
        DeclarationDescriptors.FlagsRefused,
        DeclarationDescriptors.FlagsContradictory,
        DeclarationDescriptors.NotAggregatable,
        DeclarationDescriptors.SpinLockMisplaced,
        DeclarationDescriptors.ValueIsTheKernels,
        DeclarationDescriptors.InnerMissing,
        DeclarationDescriptors.InnerOnOtherMap,
        ObjectTypeDescriptors.RecordOnOtherMap,
        DeclarationDescriptors.InnerUnusable,
        LayoutDescriptors.NotBlittable,
        LayoutDescriptors.DiffersFromC,
        LayoutDescriptors.AutoLayout,
        LayoutDescriptors.KeySizeMismatch,
        LayoutDescriptors.ValueSizeMismatch,
        LayoutDescriptors.KeyTooLarge,
        LayoutDescriptors.ValueTooLarge,
        LayoutDescriptors.EmptyType,
        LayoutDescriptors.ValueSizeRefused,
        MetricDescriptors.MetricNameInvalid,
        MetricDescriptors.LabelNameInvalid,
        MetricDescriptors.LabelNotText,
        MetricDescriptors.MetricDeclaredTwice,
        MetricDescriptors.HistogramInvalid,
        MetricDescriptors.MetricNotANumber,
        MetricDescriptors.DecoderUnusable,
        MetricDescriptors.LabelMatchInvalid,
        MetricDescriptors.MetricAttributeMisplaced,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        foreach (Diagnostic error in ParsedMap.Find((INamedTypeSymbol)context.Symbol, context.Compilation)?.Errors ?? [])
            context.ReportDiagnostic(error);
    }
}
