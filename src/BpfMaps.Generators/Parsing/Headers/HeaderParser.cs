using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Converts the declarations of a compilation to C. Declarations with errors are left out.</summary>
internal static class HeaderParser
{
    /// <summary>The property that asks for a header.</summary>
    public const string Option = "build_property.BpfExportHeader";

    /// <summary>Flags that are chosen when a map is opened, or that a loader adds. They are not part of a definition.</summary>
    private const BpfMapFlags NotDefined =
        BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly | BpfMapFlags.NumaNode | BpfMapFlags.Token | BpfMapFlags.ValueTypeBtfObject;

    public static HeaderSpec Parse(Compilation compilation, CancellationToken cancellation)
    {
        List<(MapDeclaration Declaration, MapSpec Spec)> declared = [];
        HashSet<ISymbol> inner = new(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in DeclarationFinder.Find(compilation, cancellation))
        {
            if (ParseMap(type, compilation, cancellation) is not { } map)
                continue;
            declared.Add(map);
            if (map.Declaration.Attribute.Inner is { } held)
                inner.Add(held);
        }

        List<HeaderMap> maps = [];
        HeaderTypeParser? types = null;
        foreach ((MapDeclaration declaration, MapSpec spec) in declared)
        {
            types ??= new(declaration.Runtime, cancellation);
            // A program that holds inner maps need not create one for each declaration.
            if (inner.Contains(declaration.Target))
                continue;
            HeaderMap map = Map(declaration, spec, types);
            maps.Add(CNames.IsIdentifier(map.Name) && types.Identifiers.Add(map.Name) ? map : map with { Name = "" });
        }
        return new(compilation.AssemblyName ?? "", (types?.Types ?? []).ToEquatableArray(), maps.ToEquatableArray());
    }

    private static (MapDeclaration Declaration, MapSpec Spec)? ParseMap(
        ITypeSymbol type,
        Compilation compilation,
        CancellationToken cancellation
    ) =>
        type is INamedTypeSymbol named
        && named.FindMapAttribute() is { } attribute
        && MapParser.Parse(named, attribute, compilation, report: null, out MapDeclaration? declaration, cancellation) is { } spec
            ? (declaration!, spec)
            : null;

    private static HeaderMap Map(MapDeclaration declaration, MapSpec spec, HeaderTypeParser types)
    {
        MapTypeFacts kind = declaration.Kind;
        string? key = spec.Key is { } keyLayout && KeyRules.FindKey(declaration) is { } keyType ? types.Use(keyType, keyLayout) : null;
        string? value =
            spec.Value is { } valueLayout && ValueRules.FindValue(declaration) is { } valueType ? types.Use(valueType, valueLayout) : null;
        HeaderMap? inner =
            declaration.Attribute.Inner is { } held
            && ParseMap(held, declaration.Compilation, declaration.Cancellation) is (var own, var held2)
                ? Map(own, held2, types)
                : null;
        return new(
            spec.Name,
            declaration.Target.MessageName(),
            spec.Type,
            spec.MaxEntries,
            spec.MapExtra ?? 0,
            spec.Flags & ~NotDefined,
            kind.IsLocalStorage ? "int" : key,
            kind.IsRing || kind.Keys == MapKeyRule.None ? null : kind.KeySize,
            kind.IsStream ? null : value,
            ValueSizeOf(spec, kind),
            kind.IsStream ? value : null,
            inner,
            declaration.IsClassForm ? DocumentationSummary.Of(declaration.Target, declaration.Cancellation) : ""
        );
    }

    /// <summary>Gets the size of values without a type; <see langword="null"/> if there are none.</summary>
    private static int? ValueSizeOf(MapSpec spec, MapTypeFacts kind) =>
        kind.IsStream ? (kind.IsRing ? null : sizeof(uint))
        : kind.Holds is null || kind.Values == MapValueRule.Memory ? null
        : spec.ValueSize ?? kind.UsualValueSize(spec.Flags);
}
