using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>
/// Changes a key or value to match the map of the object: reorders fields, inserts padding, changes the type of a field, or replaces all
/// fields.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayoutFixProvider)), Shared]
internal sealed class LayoutFixProvider : RepairProvider
{
    public const string Reorder = nameof(LayoutFixProvider) + ".Reorder";
    public const string Pad = nameof(LayoutFixProvider) + ".Pad";
    public const string Retype = nameof(LayoutFixProvider) + ".Retype";
    public const string Replace = nameof(LayoutFixProvider) + ".Replace";
    public const string Resize = nameof(LayoutFixProvider) + ".Resize";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [DiagnosticIds.KeyDiffers, DiagnosticIds.ValueDiffers, DiagnosticIds.RecordDiffers];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // Values that are not declared have a size but no fields.
        if (site[DiagnosticProperties.Argument] is { } argument && site[DiagnosticProperties.ArgumentValue] is { } size)
        {
            foreach (Repair repair in MapArguments.Set(site, argument, size, $"Set {argument} to {size}, as in the object", Resize))
                yield return repair;
        }
        if (ObjectPart.At(site) is not { } part)
            yield break;
        if (RetypeOf(site, part) is { } retype)
            yield return retype;
        if (part.Declaration(site) is not { } declaration || site.DocumentOf(declaration) is not { } document)
            yield break;

        string name = part.Type.Name;
        if (FieldOrder.Find(part, declaration) is { } order)
            yield return Edit(Reorder, $"Put the fields of '{name}' in the order of the object", s => order.ApplyTo(s));
        if (FieldGaps.Find(part, declaration) is { } gaps)
            yield return Edit(Pad, $"Add the padding that the object's type has to '{name}'", s => gaps.ApplyTo(s));
        if (StructReplacement.For(part, declaration) is { } replacement)
            yield return Edit(
                Replace,
                $"Replace the fields of '{name}' by those of '{part.ObjectType!.Name}' in {part.Map.Object.Name}",
                s => replacement.ApplyTo(s)
            );

        Repair Edit(string key, string title, Func<StructDeclarationSyntax, StructDeclarationSyntax> edit) =>
            new(title, key, document, declaration, e => e.ReplaceNode(declaration, (current, _) => edit((StructDeclarationSyntax)current)));
    }

    /// <summary>Changes the type of the field at the diagnostic to that of the field in the object.</summary>
    private static Repair? RetypeOf(Site site, ObjectPart part)
    {
        if (
            part.Mismatch.First is not { Kind: not (LayoutDifferenceKind.Offset or LayoutDifferenceKind.Missing), Theirs: { } theirs }
            || MemberTypes.Of(theirs) is not { } wanted
            || site.Node
                is not VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax } declared
                } variable
            || variable.Initializer is not null
        )
        {
            return null;
        }
        TypeSyntax type = declared.Type;
        return new(
            $"Change the type of '{variable.Identifier.ValueText}' to '{wanted.Replace("global::BpfMaps.", "").Replace("global::System.", "")}', as in the object",
            Retype,
            site.Document.Id,
            type,
            e =>
                e.ReplaceNode(
                    type,
                    (current, _) =>
                        SyntaxFactory.ParseTypeName(wanted).WithTriviaFrom(current).WithAdditionalAnnotations(Simplifier.Annotation)
                )
        );
    }
}
