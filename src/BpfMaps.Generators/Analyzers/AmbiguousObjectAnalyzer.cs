using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports object names in <c>[BpfObject]</c> and <c>[BpfMap]</c> that match several objects of the project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AmbiguousObjectAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ObjectDescriptors.ObjectAmbiguous];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            string[] layouts = [.. start.Options.AdditionalFiles.Select(static file => file.Path).Where(ObjectFileNames.IsLayout)];
            if (layouts.Length > 1)
                start.RegisterSymbolAction(c => Analyze(c, layouts), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, string[] layouts)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (
            type.FindRuntimeAttribute("BpfObjectAttribute") is { ConstructorArguments.Length: 1 } attribute
            && attribute.ConstructorArguments[0].Value is string path
        )
            Check(context, layouts, path, attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation());
        if (type.FindMapAttribute() is not { } data)
            return;
        MapAttribute arguments = new(data, context.CancellationToken);
        if (arguments.Object is { } name)
            Check(context, layouts, name, arguments.LocationOfValue("Object"));
    }

    private static void Check(SymbolAnalysisContext context, string[] layouts, string name, Location? place)
    {
        List<string> found = ObjectFileNames.FindAll(layouts, static path => path, name);
        if (found.Count < 2)
            return;
        string[] names = [.. ObjectFileNames.ShortestNames(found)];
        string list = string.Join(", ", names.Select(static shortest => $"'{shortest}'"));
        context.ReportDiagnostic(Diagnostic.Create(ObjectDescriptors.ObjectAmbiguous, place, name, names.Length.Text(), list, names[0]));
    }
}
