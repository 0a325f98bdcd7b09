using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>Declares the padding of a key or value as fields, without moving other fields.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PaddingFixProvider)), Shared]
internal sealed class PaddingFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.KeyHasPadding, DiagnosticIds.ValueHasPadding];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // A struct of another assembly is reported at the declaration of the map.
        if (
            site.Node is not TypeDeclarationSyntax declaration
            || site.Model.GetDeclaredSymbol(declaration, site.Cancellation) is not { TypeKind: TypeKind.Struct } type
            || type.Name != site[DiagnosticProperties.TypeName]
            || PaddingPlan.For(site, declaration, type) is not { } plan
        )
        {
            yield break;
        }
        yield return new(
            $"Declare the padding of '{type.Name}' as fields",
            nameof(PaddingFixProvider),
            site.Document.Id,
            declaration,
            e => e.ReplaceNode(declaration, (current, _) => plan.ApplyTo((TypeDeclarationSyntax)current))
        );
    }
}
