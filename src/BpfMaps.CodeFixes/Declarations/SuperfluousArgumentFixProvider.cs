using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Removes keys, values and other arguments that the map type or the form of the declaration does not allow.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SuperfluousArgumentFixProvider)), Shared]
internal sealed class SuperfluousArgumentFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        DiagnosticIds.KeyOnKeylessMap,
        DiagnosticIds.ValueOnStruct,
        DiagnosticIds.ValueIsTheKernels,
        DiagnosticIds.InnerOnOtherMap,
        DiagnosticIds.RecordOnOtherMap,
    ];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (site[DiagnosticProperties.Argument] is { } argument)
            return MapArguments.Remove(site, argument, nameof(SuperfluousArgumentFixProvider) + "." + argument);
        return site.Node is BaseTypeDeclarationSyntax { Parent: TypeDeclarationSyntax } nested ? [RemoveNested(site, nested)] : [];
    }

    private static Repair RemoveNested(Site site, BaseTypeDeclarationSyntax nested) =>
        new(
            $"Remove the nested type '{nested.Identifier.ValueText}'",
            nameof(SuperfluousArgumentFixProvider) + ".Nested",
            site.Document.Id,
            nested,
            e => e.RemoveNode(nested, SyntaxRemoveOptions.KeepUnbalancedDirectives)
        );
}
