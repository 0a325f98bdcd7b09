using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>
/// Replaces a type that does not exist in C, or has another byte order there, by the corresponding type: <c>bool</c> by <c>byte</c>,
/// <c>uint</c> by <c>Be32</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FieldTypeFixProvider)), Shared]
internal sealed class FieldTypeFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [DiagnosticIds.DiffersFromC, DiagnosticIds.ByteOrderDiffers, DiagnosticIds.PrefixInHostOrder];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (
            site[DiagnosticProperties.SuggestedType] is not { } suggested
            || site[DiagnosticProperties.FieldTypeKind] is not { } kind
            || DeclaredType.At(site) is not { } declared
        )
            yield break;
        // If a declaration has several fields, the others may have the right byte order.
        if (
            site.Diagnostic.Id == DiagnosticIds.ByteOrderDiffers
            && declared.Syntax.Parent is VariableDeclarationSyntax { Variables.Count: > 1 }
        )
            yield break;
        yield return Use(site, declared.Syntax, kind, suggested);
        // A char may be a byte or a UTF-16 code unit; the user must choose.
        if (kind == "char")
            yield return Use(site, declared.Syntax, kind, "ushort");
    }

    public static string KeyFor(string kind, string replacement) => $"{nameof(FieldTypeFixProvider)}.{kind}.{replacement}";

    public static Repair Use(Site site, TypeSyntax type, string kind, string replacement) =>
        new(
            $"Use '{replacement.Substring(replacement.LastIndexOf('.') + 1)}' instead of '{type}'",
            KeyFor(kind, replacement),
            site.Document.Id,
            type,
            e =>
                e.ReplaceNode(
                    type,
                    (current, _) =>
                        SyntaxFactory.ParseTypeName(replacement).WithTriviaFrom(current).WithAdditionalAnnotations(Simplifier.Annotation)
                )
        );
}
