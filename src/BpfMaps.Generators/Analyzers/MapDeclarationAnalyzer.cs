using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>
/// Reports errors in declarations with <c>[BpfMap]</c>: those of the parser, and those that depend on whether the project has the map's
/// object.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MapDeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DeclarationDescriptors.LanguageTooOld,
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
        context.RegisterCompilationStartAction(static start =>
        {
            ObjectLayouts layouts = ObjectLayouts.Read(start);
            start.RegisterSymbolAction(c => Analyze(c, layouts), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, ObjectLayouts layouts)
    {
        if (ParsedMap.Find((INamedTypeSymbol)context.Symbol, context.Compilation) is not { } map)
            return;
        foreach (Diagnostic error in map.Errors)
            context.ReportDiagnostic(error);
        // The map may be in a file that could not be read.
        if (map is not { Spec: { } spec, Declaration: { } declaration } || layouts.AnyUnreadable)
            return;
        if (!layouts.MapsFor(declaration.Attribute.Object, spec.Name).Any())
            ReportUnloaded(context, declaration, spec, layouts);
    }

    /// <summary>Reports names and sizes that are valid only if a loader adjusts them.</summary>
    private static void ReportUnloaded(SymbolAnalysisContext context, MapDeclaration declaration, MapSpec spec, ObjectLayouts layouts)
    {
        // If the project has objects, another diagnostic reports that none has a map with this name.
        if (layouts.All.IsEmpty && declaration.Attribute.Object is null && NameRules.CheckLength(declaration, spec.Name) is { } name)
            context.ReportDiagnostic(name);
        if (MaxEntriesRules.CheckRing(declaration) is { } size)
            context.ReportDiagnostic(size);
    }
}
