using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Metrics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Symbols in, spec out. The generator and the analyzers call this same parser, so that they cannot disagree.</summary>
internal static class MapParser
{
    /// <param name="report">Gets the errors; <see langword="null"/> where nobody wants them.</param>
    /// <returns>
    /// <see langword="null"/> exactly when an error was reported (or would have been), here or by the compiler, which reports structs that contain themselves.
    /// </returns>
    public static MapSpec? Parse(INamedTypeSymbol target, AttributeData attribute, Compilation compilation, Action<Diagnostic>? report, CancellationToken cancellation) =>
        Parse(target, attribute, compilation, report, out _, cancellation);

    /// <param name="declaration">What was parsed, with its symbols: for analyzers that have more to say on a map that has no error.</param>
    /// <param name="ignoresSizes">Whether <c>KeySize</c> and <c>ValueSize</c> are taken for right, whatever they say.</param>
    public static MapSpec? Parse(
        INamedTypeSymbol target,
        AttributeData attribute,
        Compilation compilation,
        Action<Diagnostic>? report,
        out MapDeclaration? declaration,
        CancellationToken cancellation,
        bool ignoresSizes = false)
    {
        declaration = null;
        MapAttribute arguments = new(attribute, cancellation);
        Reporter reporter = new(compilation, arguments.LocationOf(""), report);
        if (MapKind.Find(arguments.Type) is not { } kind)
        {
            ReportNoKind(target, arguments, reporter);
            return null;
        }
        declaration = new(target, arguments, kind, compilation, reporter, cancellation) { IgnoresSizes = ignoresSizes };
        if (LanguageRules.RefuseOldVersion(target, "[BpfMap]", declaration.Place, reporter))
            return null;
        // Of a type that can be no map's, it is no use to say what else it is not.
        MapSpec? spec = DeclarationRules.Check(declaration) ? Parse(declaration) : null;
        return reporter.HasErrors ? null : spec;
    }

    private static void ReportNoKind(INamedTypeSymbol target, MapAttribute attribute, Reporter reporter)
    {
        string? named = attribute.TextOfValue("Type") is { } text && text != nameof(MapType.Unspecified) && Enum.IsDefined(typeof(MapType), text) ? text : null;
        string? meant = named is null ? null : "BpfMapType." + named;
        reporter.Error(
            DeclarationDescriptors.MapTypeMissing,
            attribute.LocationOf("Type"),
            Properties.Of((DiagnosticProperties.Argument, meant is null ? null : "Type"), (DiagnosticProperties.ArgumentValue, meant)),
            target.MessageName(),
            WhyNoKind(attribute, named),
            meant ?? "BpfMapType.Hash");
    }

    private static string WhyNoKind(MapAttribute attribute, string? named)
    {
        if (named is not null)
            return $"'{named}' alone does not say whose '{named}' it is";
        if (attribute.Type != MapType.Unspecified)
            return $"Type is {((int)attribute.Type).Text()}, which is none";
        return attribute.Has("Type") ? "its Type is none that can be read" : "its [BpfMap] has no Type";
    }

    private static MapSpec? Parse(MapDeclaration declaration)
    {
        MapAttribute attribute = declaration.Attribute;
        string name = NameRules.Check(declaration);
        MapFlags flags = FlagRules.Check(declaration);
        MaxEntriesRules.Check(declaration);
        MapExtraRules.Check(declaration);
        RecordRules.Check(declaration);

        LayoutParser layouts = new(declaration.Runtime, declaration.Reporter, declaration.Cancellation);
        ITypeSymbol? keyType = KeyRules.FindKey(declaration);
        TypeLayout? key = keyType is null ? null : layouts.Parse(keyType, declaration.IsNestedKey(keyType) ? declaration.Reporter.LocationOf(keyType) : attribute.LocationOfValue("Key"));
        ITypeSymbol? valueType = ValueRules.FindValue(declaration);
        TypeLayout? value = valueType is null ? null : layouts.Parse(valueType, declaration.IsClassForm ? attribute.LocationOfValue("Value") : declaration.Place);

        InnerMap? inner = InnerRules.Find(declaration);

        KeyRules.CheckLayout(declaration, keyType, key);
        ValueRules.CheckLayout(declaration, value);
        string modifiers = Accessibilities.ModifiersFor(declaration, keyType, valueType, inner);
        if (declaration.Kind.BaseClassFor(flags) is not { } baseClass)
        {
            declaration.Reporter.Error(DeclarationDescriptors.MapTypeWithoutClass, attribute.LocationOfValue("Type"), declaration.Kind.Type.ToString(), declaration.Target.MessageName());
            return null;
        }
        if (declaration.Kind.Holds is null && (valueType is null || value is null))
            return null;
        List<ISymbol> methods = [];
        EquatableArray<AggregateStep>? aggregation = declaration.Kind.IsPerCpu ? AggregationParser.Parse(declaration, valueType!, value!, methods) : null;
        MetricsSpec? metrics = MetricsParser.Parse(declaration, keyType, key, valueType, value);
        if (declaration.Reporter.HasErrors)
            return null;

        MapSpec spec = ClassSpec(declaration, new(keyType, valueType, inner), baseClass, modifiers, methods);
        return spec with
        {
            Name = name,
            Flags = flags,
            Key = key,
            Value = value,
            Aggregation = aggregation,
            Claim = spec.Named.Obsolete is null ? MapClasses.FindClaim(declaration, name, modifiers) : null,
            ValueSize = declaration.Kind.Holds is null ? null : attribute.ValueSize,
            MapExtra = attribute.MapExtra,
            Metrics = metrics,
        };
    }

    /// <summary>What there is to say of the class alone, and not of the map.</summary>
    /// <param name="methods">The user's methods that the class calls.</param>
    internal static MapSpec ClassSpec(MapDeclaration declaration, MapTypes types, string baseClass, string modifiers, IEnumerable<ISymbol> methods) => new(
        HintName.For(MapClassMetadataName(declaration)),
        declaration.Target.ContainingNamespace.DeclaredName(),
        DeclarationRules.Containers(declaration.Target),
        modifiers,
        SymbolFacts.Escape(declaration.ClassName),
        declaration.Kind.Type,
        baseClass,
        KeyRules.BaseTypeArguments(declaration.Kind, types.Key, types.Value?.FullName() ?? types.Inner?.ClassName),
        Name: "",
        declaration.Attribute.MaxEntries,
        MapFlags.None,
        Key: null,
        Value: null,
        types.Value?.FullName(),
        Aggregation: null,
        Inner: types.Inner?.ClassName,
        Named: NamedBy(declaration, types, methods));

    private static NamedTypes NamedBy(MapDeclaration declaration, MapTypes types, IEnumerable<ISymbol> methods)
    {
        NamedTypes named = UseRestrictions.Of([types.Key, types.Value, types.Inner?.Declaration, .. methods]);
        return named with { Obsolete = MapClasses.IsObsolete(declaration) ? null : named.Obsolete ?? types.Inner?.Obsolete };
    }

    private static string MapClassMetadataName(MapDeclaration declaration)
    {
        string target = declaration.Target.MetadataFullName();
        return target.Substring(0, target.Length - declaration.Target.MetadataName.Length) + declaration.ClassName;
    }

    private static bool IsNestedKey(this MapDeclaration declaration, ITypeSymbol key) =>
        declaration.Attribute.Key is null && SymbolEqualityComparer.Default.Equals(key.ContainingType, declaration.Target);
}

/// <summary>The types that a declaration names.</summary>
/// <param name="Key"><see langword="null"/> for kinds without keys.</param>
/// <param name="Value"><see langword="null"/> for kinds whose values are the kernel's.</param>
/// <param name="Inner"><see langword="null"/> for kinds without inner maps.</param>
internal readonly record struct MapTypes(ITypeSymbol? Key, ITypeSymbol? Value, InnerMap? Inner);
