using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for inner maps.</summary>
internal static class InnerRules
{
    private const string Argument = "Inner";

    /// <returns><see langword="null"/> for map types without inner maps, or if an error was reported.</returns>
    public static InnerMap? Find(MapDeclaration declaration)
    {
        MapAttribute attribute = declaration.Attribute;
        if (!declaration.Kind.HoldsMaps)
        {
            if (attribute.Has(Argument))
                Report(
                    declaration,
                    DeclarationDescriptors.InnerOnOtherMap,
                    declaration.Kind.Type.ToString(),
                    declaration.Target.MessageName()
                );
            return null;
        }
        if (!attribute.Has(Argument))
        {
            declaration.Reporter.Error(
                DeclarationDescriptors.InnerMissing,
                declaration.Place,
                declaration.Kind.Type.ToString(),
                declaration.Target.MessageName()
            );
            return null;
        }
        if (WhyNot(declaration, attribute.Inner, out InnerMap? inner) is not { } reason)
            return inner;
        declaration.Reporter.Error(
            DeclarationDescriptors.InnerUnusable,
            attribute.LocationOfValue(Argument),
            attribute.Inner?.MessageName() ?? attribute.TextOfValue(Argument) ?? "",
            declaration.Target.MessageName(),
            reason
        );
        return null;
    }

    /// <summary>Parses the declaration of the inner maps if it is in this compilation.</summary>
    public static (MapDeclaration Declaration, MapSpec Spec)? Parse(MapDeclaration outer)
    {
        if (outer.Attribute.Inner is not INamedTypeSymbol type || !IsHere(outer, type) || type.FindMapAttribute() is not { } data)
            return null;
        MapSpec? spec = MapParser.Parse(type, data, outer.Compilation, report: null, out MapDeclaration? declaration, outer.Cancellation);
        return spec is null ? null : (declaration!, spec);
    }

    private static bool IsHere(MapDeclaration outer, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(outer.Compilation.Assembly, type.ContainingAssembly);

    private static void Report(MapDeclaration declaration, DiagnosticDescriptor descriptor, params string[] arguments) =>
        declaration.Reporter.Error(
            descriptor,
            declaration.Attribute.LocationOf(Argument),
            DiagnosticProperties.Of((DiagnosticProperties.Argument, Argument)),
            arguments
        );

    private static string? WhyNot(MapDeclaration outer, ITypeSymbol? given, out InnerMap? inner)
    {
        inner = null;
        if (given is null or { TypeKind: TypeKind.Error })
            return "the type cannot be found";
        if (given is not INamedTypeSymbol type || type.FindMapAttribute() is not { } data)
            return "it does not have [BpfMap]: name the struct or class that does";
        MapAttribute attribute = new(data, outer.Cancellation);
        if (MapTypeFacts.Find(attribute.Type) is not { } kind)
            return "its own declaration has errors";
        if (kind.HoldsMaps)
            return "it is itself a map of maps, and the kernel allows only one level";
        if (kind.CannotBeInner)
            return $"the kernel does not allow {kind.Type} maps as inner maps";
        BpfMapFlags flags = attribute.Flags ?? BpfMapFlags.None;
        if (kind.Type == BpfMapType.Array && attribute.MaxEntries is null && (flags & BpfMapFlags.InnerMap) == 0)
            return "inner arrays must all have the same length: set MaxEntries, or BpfMapFlags.InnerMap for arrays of any length";
        inner = IsHere(outer, type) ? FindHere(outer, type) : FindElsewhere(outer, type, attribute);
        return inner is null ? "its own declaration has errors" : null;
    }

    private static InnerMap? FindHere(MapDeclaration outer, INamedTypeSymbol type) =>
        Parse(outer) is (var declaration, var spec)
            ? new(
                type,
                MapClassNames.FullName(declaration),
                MapClassNames.AccessibilityOf(declaration, spec.Modifiers),
                spec.NamedTypes.Obsolete
            )
            : null;

    /// <summary>Finds the map class in another assembly, where it is already compiled.</summary>
    private static InnerMap? FindElsewhere(MapDeclaration outer, INamedTypeSymbol type, MapAttribute attribute)
    {
        INamespaceOrTypeSymbol container = (INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace;
        INamedTypeSymbol? mapClass =
            type.TypeKind == TypeKind.Class ? type : container.GetTypeMembers(attribute.ClassName ?? type.Name + "Map", 0).FirstOrDefault();
        for (INamedTypeSymbol? ancestor = mapClass?.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "BpfMap" && ancestor.IsRuntimeType(outer.Runtime))
                return new(type, mapClass!.FullName(), mapClass!.DeclaredAccessibility, null);
        }
        return null;
    }
}
