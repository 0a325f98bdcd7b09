using System.Collections.Concurrent;
using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports two declarations of the same map name with different key or value sizes or types.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateMapNameAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DeclarationDescriptors.NameDeclaredTwice];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentBag<Declared> maps = [];
            ConcurrentBag<ITypeSymbol> inner = [];
            start.RegisterSymbolAction(c => Collect(c, maps, inner), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(c => Report(c, maps, inner));
        });
    }

    private static void Collect(SymbolAnalysisContext context, ConcurrentBag<Declared> maps, ConcurrentBag<ITypeSymbol> inner)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (ParsedMap.Find(type, context.Compilation) is not { Spec: { } spec, Declaration: { } declaration })
            return;
        // The kernel does not know the records of a stream, and a stream may carry several types. Each declaration can open it.
        string? values =
            !declaration.Kind.IsStream && (spec.Value?.Size ?? spec.ValueSize) is { } size ? LayoutDescription.Bytes(size) : null;
        string shape = (spec.Key is null ? null : LayoutDescription.Bytes(spec.Key.Size), values) switch
        {
            (null, null) => spec.Type.ToString(),
            (null, _) => $"{spec.Type} of {values}",
            (var keys, null) => $"{spec.Type} with keys of {keys}",
            (var keys, _) => $"{spec.Type} with keys of {keys} and values of {values}",
        };
        MapAttribute arguments = declaration.Attribute;
        if (arguments.Inner is { } innerType)
            inner.Add(innerType);
        Location place = arguments.Name is null ? declaration.Place : arguments.LocationOfValue("Name");
        maps.Add(new(spec.Name, arguments.Object, shape, type, place));
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<Declared> maps, ConcurrentBag<ITypeSymbol> inner)
    {
        // Names of inner maps are only labels: objects do not contain these maps.
        HashSet<ISymbol> labeled = new(inner, SymbolEqualityComparer.Default);
        // Two objects may have maps with the same name. A declaration without an object may refer to any of them.
        IEnumerable<Declared> named = maps.Where(m => m.Object is not null || !labeled.Contains(m.Type));
        foreach (IGrouping<string, Declared> group in named.GroupBy(static m => m.Name, StringComparer.Ordinal))
        {
            List<Declared> ordered =
            [
                .. group
                    .OrderBy(static m => m.Place.SourceTree?.FilePath, StringComparer.Ordinal)
                    .ThenBy(static m => m.Place.SourceSpan.Start),
            ];
            for (int i = 1; i < ordered.Count; i++)
            {
                Declared later = ordered[i];
                if (
                    ordered
                        .Take(i)
                        .FirstOrDefault(e =>
                            e.Shape != later.Shape && (e.Object is null || later.Object is null || e.Object == later.Object)
                        )
                    is not { } earlier
                )
                    continue;
                context.ReportDiagnostic(
                    Diagnostic.Create(
                        DeclarationDescriptors.NameDeclaredTwice,
                        later.Place,
                        additionalLocations: [earlier.Place],
                        later.Name,
                        later.Shape,
                        later.Type.MessageName(),
                        earlier.Shape,
                        earlier.Type.MessageName()
                    )
                );
            }
        }
    }

    private sealed record Declared(string Name, string? Object, string Shape, INamedTypeSymbol Type, Location Place);
}
