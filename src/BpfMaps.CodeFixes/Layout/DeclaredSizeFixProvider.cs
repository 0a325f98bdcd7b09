using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Comparison;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>
/// Sets <c>KeySize</c> or <c>ValueSize</c> to the size of the C# type, unless an object has another size: then the type is wrong.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclaredSizeFixProvider)), Shared]
internal sealed class DeclaredSizeFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.KeySizeMismatch, DiagnosticIds.ValueSizeMismatch];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (site[DiagnosticProperties.Argument] is not { } argument || site[DiagnosticProperties.ActualSize] is not { } size)
            return [];
        MapPart part = argument == "KeySize" ? MapPart.Key : MapPart.Value;
        List<ObjectMap> telling = [.. MapsAt(site, part).Where(m => PartComparison.SizeOf(part, m.Map) != 0)];
        ObjectMap? agreeing = telling.Find(m => PartComparison.SizeOf(part, m.Map).Text() == size);
        if (telling.Count > 0 && agreeing is null)
            return [];
        string reason = agreeing is null ? "" : $", as in {agreeing.Object.Name}";
        return MapArguments.Set(site, argument, size, $"Set {argument} to {size}{reason}", nameof(DeclaredSizeFixProvider));
    }

    /// <summary>Gets the maps of objects that the declaration may refer to and that define the part.</summary>
    private static List<ObjectMap> MapsAt(Site site, MapPart part)
    {
        if (
            site.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || site.Model.GetDeclaredSymbol(declaration, site.Cancellation) is not INamedTypeSymbol type
            || ParsedMap.Find(type, site.Compilation) is not { Compared: { } spec, Declaration: { } parsed }
        )
        {
            return [];
        }
        ImmutableArray<ObjectLayout> layouts =
        [
            .. site
                .Document.Project.AnalyzerOptions.AdditionalFiles.Where(ObjectLayout.IsLayout)
                .Select(f => new ObjectLayout(f, site.Cancellation)),
        ];
        return
        [
            .. new ObjectLayouts(layouts)
                .MapsFor(parsed.Attribute.Object, spec.Name)
                .Where(m => part == MapPart.Key || MapFindings.TellsValues(parsed.Kind, m.Map)),
        ];
    }
}
