using System.Collections.Immutable;
using BpfMaps.Generators.Comparison;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports errors in declarations with <c>[BpfObject]</c>, and problems of their objects.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ObjectDeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DeclarationDescriptors.LanguageTooOld,
        ObjectClassDescriptors.ObjectClassNotPartial,
        ObjectClassDescriptors.ObjectClassNotSupported,
        ObjectClassDescriptors.LibbpfNotReferenced,
        ObjectClassDescriptors.ObjectNotDescribed,
        ObjectTypeDescriptors.EnumIsCut,
        ObjectTypeDescriptors.ObjectRefused,
        ObjectTypeDescriptors.TypeNotInObject,
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
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.FindRuntimeAttribute("BpfObjectAttribute") is not { } attribute)
            return;
        if (ObjectParser.Parse(type, attribute, context.Compilation, context.ReportDiagnostic, context.CancellationToken) is not { } spec)
            return;
        Location place = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation() ?? Location.None;
        List<ObjectLayout> found = ObjectFileNames.FindAll(layouts.All, static layout => layout.Path, spec.Path);
        if (found.Count == 0)
            Report(context, place, spec, layouts);
        if (found.Count != 1)
            return; // AmbiguousObjectAnalyzer reports a name that matches several objects.
        foreach (Diagnostic finding in ObjectFindings.Of(type, spec, found[0], place))
            context.ReportDiagnostic(finding);
    }

    private static void Report(SymbolAnalysisContext context, Location place, ObjectSpec spec, ObjectLayouts layouts)
    {
        string[] known = [.. layouts.All.Select(static layout => layout.Name).OrderBy(static name => name, StringComparer.Ordinal)];
        string list = known.Length == 0 ? "none" : string.Join(", ", known.Select(static name => $"'{name}'"));
        string? nearest = NameHints.NearestFile(spec.Path, known);
        context.ReportDiagnostic(
            Diagnostic.Create(
                ObjectClassDescriptors.ObjectNotDescribed,
                place,
                DiagnosticProperties.Of((DiagnosticProperties.ArgumentValue, nearest is null ? null : $"\"{nearest}\"")),
                context.Symbol.MessageName(),
                spec.Path,
                list,
                NameHints.Instead(nearest)
            )
        );
    }
}
