using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Parses declarations. The generator and the analyzers use the same parser, so that they always agree.</summary>
internal static class MapParser
{
    /// <param name="report">Receives the errors; <see langword="null"/> to ignore them.</param>
    /// <returns>
    /// <see langword="null"/> exactly if the declaration has errors, including structs that contain themselves, which the compiler reports.
    /// </returns>
    public static MapSpec? Parse(
        INamedTypeSymbol target,
        AttributeData attribute,
        Compilation compilation,
        Action<Diagnostic>? report,
        CancellationToken cancellation
    ) => Parse(target, attribute, compilation, report, out _, cancellation);

    /// <param name="declaration">The parsed declaration with its symbols, for analyzers.</param>
    /// <param name="ignoresSizes">Whether wrong values of <c>KeySize</c> and <c>ValueSize</c> are ignored.</param>
    public static MapSpec? Parse(
        INamedTypeSymbol target,
        AttributeData attribute,
        Compilation compilation,
        Action<Diagnostic>? report,
        out MapDeclaration? declaration,
        CancellationToken cancellation,
        bool ignoresSizes = false
    )
    {
        declaration = null;
        MapAttribute arguments = new(attribute, cancellation);
        Reporter reporter = new(compilation, arguments.LocationOf(""), report);
        if (MapTypeFacts.Find(arguments.Type) is not { } kind)
        {
            ReportNoKind(target, arguments, reporter);
            return null;
        }
        declaration = new(target, arguments, kind, compilation, reporter, cancellation) { IgnoresSizes = ignoresSizes };
        if (LanguageRules.RefuseOldVersion(target, "[BpfMap]", declaration.Place, reporter))
            return null;
        // If no map can be declared on the type, further errors would not help.
        MapSpec? spec = DeclarationRules.Check(declaration) ? Parse(declaration) : null;
        return reporter.HasErrors ? null : spec;
    }

    private static void ReportNoKind(INamedTypeSymbol target, MapAttribute attribute, Reporter reporter)
    {
        string? named =
            attribute.TextOfValue("Type") is { } text && text != nameof(BpfMapType.Unspecified) && Enum.IsDefined(typeof(BpfMapType), text)
                ? text
                : null;
        string? meant = named is null ? null : "BpfMapType." + named;
        reporter.Error(
            DeclarationDescriptors.MapTypeMissing,
            attribute.LocationOf("Type"),
            DiagnosticProperties.Of(
                (DiagnosticProperties.Argument, meant is null ? null : "Type"),
                (DiagnosticProperties.ArgumentValue, meant)
            ),
            target.MessageName(),
            WhyNoKind(attribute, named),
            meant ?? "BpfMapType.Hash"
        );
    }

    private static string WhyNoKind(MapAttribute attribute, string? named)
    {
        if (named is not null)
            return $"'{named}' does not refer to BpfMapType.{named} here";
        if (attribute.Type != BpfMapType.Unspecified)
            return $"Type is {((int)attribute.Type).Text()}, which is not a map type";
        return attribute.Has("Type") ? "the value of its Type cannot be determined" : "its [BpfMap] has no Type";
    }

    private static MapSpec? Parse(MapDeclaration declaration)
    {
        MapAttribute attribute = declaration.Attribute;
        string name = NameRules.Check(declaration);
        BpfMapFlags flags = FlagRules.Check(declaration);
        MaxEntriesRules.Check(declaration);
        MapExtraRules.Check(declaration);
        RecordRules.Check(declaration);

        LayoutParser layouts = new(declaration.Runtime, declaration.Reporter, declaration.Cancellation);
        ITypeSymbol? keyType = KeyRules.FindKey(declaration);
        TypeLayout? key = keyType is null
            ? null
            : layouts.Parse(
                keyType,
                declaration.IsNestedKey(keyType) ? declaration.Reporter.LocationOf(keyType) : attribute.LocationOfValue("Key")
            );
        ITypeSymbol? valueType = ValueRules.FindValue(declaration);
        TypeLayout? value = valueType is null
            ? null
            : layouts.Parse(valueType, declaration.IsClassForm ? attribute.LocationOfValue("Value") : declaration.Place);

        InnerMap? inner = InnerRules.Find(declaration);

        KeyRules.CheckLayout(declaration, keyType, key);
        ValueRules.CheckLayout(declaration, value);
        string modifiers = AccessibilityRules.ModifiersFor(declaration, keyType, valueType, inner);
        if (declaration.Kind.ClassFor(flags) is not { } baseClass)
        {
            declaration.Reporter.Error(
                DeclarationDescriptors.MapTypeWithoutClass,
                attribute.LocationOfValue("Type"),
                declaration.Kind.Type.ToString(),
                declaration.Target.MessageName()
            );
            return null;
        }
        if (declaration.Kind.Holds is null && (valueType is null || value is null))
            return null;
        List<ISymbol> methods = [];
        EquatableArray<AggregateStep>? aggregation = declaration.Kind.IsPerCpu
            ? AggregationParser.Parse(declaration, valueType!, value!, methods)
            : null;
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
            Claim = spec.NamedTypes.Obsolete is null ? MapClassNames.FindClaim(declaration, name, modifiers) : null,
            ValueSize = declaration.Kind.Holds is null ? null : attribute.ValueSize,
            MapExtra = attribute.MapExtra,
            Metrics = metrics,
        };
    }

    /// <summary>Creates the parts of the spec that describe the class, without those that describe the map.</summary>
    /// <param name="methods">The methods of the user that the class calls.</param>
    internal static MapSpec ClassSpec(
        MapDeclaration declaration,
        DeclaredTypes types,
        string baseClass,
        string modifiers,
        IEnumerable<ISymbol> methods
    ) =>
        new()
        {
            HintName = HintName.For(MapClassMetadataName(declaration)),
            Namespace = declaration.Target.ContainingNamespace.DeclaredName(),
            Containers = DeclarationRules.Containers(declaration.Target),
            Modifiers = modifiers,
            ClassName = SymbolFacts.Escape(declaration.ClassName),
            Type = declaration.Kind.Type,
            BaseClass = baseClass,
            BaseTypeArguments = KeyRules.BaseTypeArguments(declaration.Kind, types.Key, types.Value?.FullName() ?? types.Inner?.ClassName),
            Name = "",
            MaxEntries = declaration.Attribute.MaxEntries,
            ValueTypeName = types.Value?.FullName(),
            Inner = types.Inner?.ClassName,
            NamedTypes = NamedBy(declaration, types, methods),
        };

    private static NamedTypesSpec NamedBy(MapDeclaration declaration, DeclaredTypes types, IEnumerable<ISymbol> methods)
    {
        NamedTypesSpec named = UseRestrictions.Of([types.Key, types.Value, types.Inner?.Declaration, .. methods]);
        return named with { Obsolete = MapClassNames.IsObsolete(declaration) ? null : named.Obsolete ?? types.Inner?.Obsolete };
    }

    private static string MapClassMetadataName(MapDeclaration declaration)
    {
        string target = declaration.Target.MetadataFullName();
        return target.Substring(0, target.Length - declaration.Target.MetadataName.Length) + declaration.ClassName;
    }

    private static bool IsNestedKey(this MapDeclaration declaration, ITypeSymbol key) =>
        declaration.Attribute.Key is null && SymbolEqualityComparer.Default.Equals(key.ContainingType, declaration.Target);
}
