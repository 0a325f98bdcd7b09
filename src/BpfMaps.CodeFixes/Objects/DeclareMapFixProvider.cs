using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Declares a map of an object after the declaration of another one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareMapFixProvider)), Shared]
internal sealed class DeclareMapFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MapNotDeclared];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (
            site.Node is not TypeDeclarationSyntax neighbour
            || ObjectPart.Find(
                site.Document.Project,
                site[DiagnosticProperties.LayoutPath],
                site[DiagnosticProperties.MapName],
                site.Cancellation
            )
                is not { } map
        )
        {
            yield break;
        }
        string typeName = FreeName(site, neighbour, map.Map.Name);
        string accessibility = neighbour.Modifiers.Any(SyntaxKind.PublicKeyword) ? "public" : "internal";
        if (MapDeclarationWriter.Of(map, typeName, accessibility) is not { } lines)
            yield break;
        yield return new(
            $"Declare map '{map.Map.Name}' of {map.Object.Name}",
            nameof(DeclareMapFixProvider),
            site.Document.Id,
            (neighbour, map.Object.Path, map.Map.Name),
            e => e.InsertAfter(neighbour, Declaration(neighbour, lines))
        );
    }

    private static MemberDeclarationSyntax Declaration(TypeDeclarationSyntax neighbour, string[] lines)
    {
        string newLine = Members.NewLineOf(neighbour.SyntaxTree.GetRoot()).ToString();
        string indentation = Members.Indentation(neighbour.GetLeadingTrivia()).ToFullString();
        string text = newLine + string.Concat(lines.Select(line => (line.Length == 0 ? "" : indentation + line) + newLine));
        return SyntaxFactory.ParseMemberDeclaration(text)!.WithAdditionalAnnotations(Simplifier.Annotation);
    }

    private static string FreeName(Site site, TypeDeclarationSyntax neighbour, string mapName)
    {
        // If two maps are declared at once, their names differ because the names of the maps do.
        IEnumerable<string> taken = site.Model.LookupNamespacesAndTypes(neighbour.SpanStart).Select(static s => s.Name);
        return new MemberNames(taken).Take(mapName, "Entry");
    }
}
