using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports why nothing can be generated for a <c>[BpfObject]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ObjectDeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        ObjectClassDescriptors.ObjectClassNotPartial,
        ObjectClassDescriptors.ObjectClassNotSupported,
        ObjectClassDescriptors.LibbpfNotReferenced,
        ObjectClassDescriptors.ObjectNotDescribed,
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
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.FindRuntimeAttribute("BpfObjectAttribute") is not { } attribute)
            return;
        if (ObjectParser.Parse(type, attribute, context.Compilation, context.ReportDiagnostic, context.CancellationToken) is not { } spec)
            return;
        List<string> layouts = [.. context.Options.AdditionalFiles.Select(static f => f.Path).Where(ObjectFiles.IsLayout)];
        if (ObjectFiles.FindAll(layouts, static path => path, spec.Path).Count == 0)
            Report(context, attribute, spec, layouts);
    }

    private static void Report(SymbolAnalysisContext context, AttributeData attribute, ObjectSpec spec, List<string> layouts)
    {
        Location? place = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation();
        IEnumerable<string> known = layouts.Select(ObjectFiles.ObjectOf).OrderBy(static name => name, StringComparer.Ordinal);
        string list = layouts.Count == 0 ? "no object" : "only " + string.Join(", ", known.Select(static name => $"'{name}'"));
        context.ReportDiagnostic(Diagnostic.Create(ObjectClassDescriptors.ObjectNotDescribed, place, context.Symbol.MessageName(), spec.Path, list));
    }
}
