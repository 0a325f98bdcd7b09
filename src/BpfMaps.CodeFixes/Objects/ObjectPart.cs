using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Comparison;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>
/// A key or value that differs from the map of the object. It is compared again, because the code may have changed since the diagnostic.
/// </summary>
/// <param name="Type">The declared struct.</param>
internal sealed record ObjectPart(ObjectMap Map, PartMismatch Mismatch, INamedTypeSymbol Type)
{
    /// <returns><see langword="null"/> if there is nothing to edit, or no difference any more.</returns>
    public static ObjectPart? At(Site site)
    {
        if (
            Find(site.Document.Project, site[DiagnosticProperties.LayoutPath], site[DiagnosticProperties.MapName], site.Cancellation)
                is not { } map
            || site[DiagnosticProperties.DeclaringType] is not { } name
            || site.Compilation.Assembly.GetTypeByMetadataName(name) is not { } target
            || ParsedMap.Find(target, site.Compilation) is not { Compared: { } spec, Declaration: { } declaration }
        )
        {
            return null;
        }
        map = DeclaredRecord.Of(declaration, map) ?? map;
        bool isKey = site[DiagnosticProperties.Part] == nameof(MapPart.Key);
        TypeLayout? layout = isKey ? spec.Key : spec.Value;
        ITypeSymbol? type = isKey ? KeyRules.FindKey(declaration) : ValueRules.FindValue(declaration);
        return
            layout is not null
            && type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named
            && PartComparison.Compare(isKey ? MapPart.Key : MapPart.Value, layout, map) is { } mismatch
            ? new(map, mismatch, named)
            : null;
    }

    public static ObjectMap? Find(Project project, string? path, string? map, CancellationToken cancellation) =>
        map is not null && project.AnalyzerOptions.AdditionalFiles.FirstOrDefault(f => f.Path == path) is { } file
            ? ObjectMap.Find(new ObjectLayout(file, cancellation), map)
            : null;

    /// <summary>Gets the type of the key or value in the layout file, if it is a struct.</summary>
    public LayoutType? ObjectType =>
        (Mismatch.Part == MapPart.Key ? Map.Map.Key : Map.Map.Value) is { Count: 0 } use
        && Map.Object.Types.TryGetValue(use.Element, out LayoutType? type)
        && type.Kind is BpfTypeKind.Struct
            ? type
            : null;

    /// <summary>
    /// Gets the declaration of the struct, if it is in this project, not in several parts, and has explicit field declarations.
    /// </summary>
    public StructDeclarationSyntax? Declaration(Site site) =>
        Type is { DeclaringSyntaxReferences: { Length: 1 } references, Arity: 0 }
        && references[0].GetSyntax(site.Cancellation) is StructDeclarationSyntax { ParameterList: null } declaration
        && declaration.OpenBraceToken.Span.Length > 0
        && site.DocumentOf(declaration) is not null
        && StructLayoutInfo.Read(Type) is { InlineLength: 0 } info
        && info.Fields.All(static f => f.AssociatedSymbol is null && !f.IsFixedSizeBuffer)
            ? declaration
            : null;

    /// <summary>Gets whether the given fields match the object.</summary>
    public bool WouldFit(IReadOnlyList<UnplacedField> fields)
    {
        StructLayoutInfo info = StructLayoutInfo.Read(Type);
        TypeLayout? changed = StructLayoutCalculator.Place(Type.Name, Type.Name, new(IsExplicit: false, info.Pack, info.Size), fields);
        return changed is not null && PartComparison.Compare(Mismatch.Part, changed, Map) is null;
    }
}
