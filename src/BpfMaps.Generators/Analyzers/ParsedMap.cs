using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Analyzers;

/// <summary>A parsed <c>[BpfMap]</c>, which all analyzers share. It is parsed once per compilation.</summary>
/// <param name="Spec"><see langword="null"/> exactly when there are errors.</param>
/// <param name="Declaration"><see langword="null"/> if the map type is unknown. Its reporter has no listener.</param>
/// <param name="Compared">The spec to compare with objects. Present also if only <c>KeySize</c> or <c>ValueSize</c> is wrong.</param>
internal sealed record ParsedMap(MapSpec? Spec, MapDeclaration? Declaration, ImmutableArray<Diagnostic> Errors, MapSpec? Compared)
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<INamedTypeSymbol, ParsedMap>> s_known = new();

    /// <returns><see langword="null"/> for a type without the attribute.</returns>
    public static ParsedMap? Find(INamedTypeSymbol type, Compilation compilation) =>
        type.FindMapAttribute() is { } attribute
            ? s_known
                .GetValue(compilation, static _ => new(SymbolEqualityComparer.Default))
                .GetOrAdd(type, t => Parse(t, attribute, compilation))
            : null;

    // Without cancellation: analyzers share the result, and parsing takes little time.
    private static ParsedMap Parse(INamedTypeSymbol type, AttributeData attribute, Compilation compilation)
    {
        ImmutableArray<Diagnostic>.Builder errors = ImmutableArray.CreateBuilder<Diagnostic>();
        MapSpec? spec = MapParser.Parse(type, attribute, compilation, errors.Add, out MapDeclaration? declaration, CancellationToken.None);
        bool hasOnlyWrongSizes =
            spec is null && errors.All(static e => e.Id is DiagnosticIds.KeySizeMismatch or DiagnosticIds.ValueSizeMismatch);
        MapSpec? compared = hasOnlyWrongSizes
            ? MapParser.Parse(type, attribute, compilation, report: null, out _, CancellationToken.None, ignoresSizes: true)
            : spec;
        return new(
            spec,
            declaration is null ? null : declaration with { Reporter = declaration.Reporter.Silent() },
            errors.ToImmutable(),
            compared
        );
    }
}
