using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>
/// Replaces strings by text of fixed length, arrays by inline arrays, and address objects by bytes, and changes classes to structs.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixedLengthFixProvider)), Shared]
internal sealed class FixedLengthFixProvider : RepairProvider
{
    public const string TextKey = nameof(FixedLengthFixProvider) + ".Text";
    public const string ArrayKey = nameof(FixedLengthFixProvider) + ".Array";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.NotBlittable];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (DeclaredType.At(site) is not { } declared)
            yield break;
        foreach (Repair repair in OtherThanLength(site, declared))
            yield return repair;
        ITypeSymbol? element = (declared.Symbol as IArrayTypeSymbol)?.ElementType;
        bool isText = declared.Symbol.SpecialType == SpecialType.System_String || element?.SpecialType == SpecialType.System_Char;
        if (declared.Symbol is IArrayTypeSymbol { Rank: not 1 } || element is { IsUnmanagedType: false } || (element is null && !isText))
            yield break;

        int length = FixedLength.Of(site, declared);
        if (!isText && Array(site, declared, element!, length) is { } array)
            yield return array;
        if ((isText || element?.SpecialType == SpecialType.System_Byte) && Text(site, declared, length) is { } text)
            yield return text;
    }

    /// <summary>Gets the replacements of references to types with a fixed size.</summary>
    private static IEnumerable<Repair> OtherThanLength(Site site, DeclaredType declared)
    {
        if (site[DiagnosticProperties.FieldTypeKind] == "class" && declared.Symbol is INamedTypeSymbol named)
            return ClassToStruct.For(site, named);
        // The address may be IPv4 or IPv6; the user must choose.
        return
            site[DiagnosticProperties.FieldTypeKind] is "IPAddress" and var kind
            && site[DiagnosticProperties.SuggestedType] is { } suggested
            ? new[] { suggested, "global::BpfMaps.Bytes16" }.Select(type => FieldTypeFixProvider.Use(site, declared.Syntax, kind, type))
            : [];
    }

    private static Repair? Text(Site site, DeclaredType declared, int length)
    {
        if (FixedLength.IsReadyMade(length))
            return Use(
                site,
                declared,
                $"global::BpfMaps.BpfText<global::BpfMaps.Bytes{length.Text()}>",
                $"Use BpfText<Bytes{length.Text()}> instead of '{declared.Syntax}'",
                TextKey
            );
        return InlineArray.For(site, declared, "byte", "Bytes", length) is { } bytes
            ? Use(
                site,
                declared,
                $"global::BpfMaps.BpfText<{bytes.Name}>",
                $"Use BpfText of {length.Text()} bytes instead of '{declared.Syntax}'",
                TextKey,
                bytes
            )
            : null;
    }

    private static Repair? Array(Site site, DeclaredType declared, ITypeSymbol element, int length)
    {
        if (element.SpecialType == SpecialType.System_Byte && FixedLength.IsReadyMade(length))
            return Use(
                site,
                declared,
                $"global::BpfMaps.Bytes{length.Text()}",
                $"Use Bytes{length.Text()} instead of '{declared.Syntax}'",
                ArrayKey
            );
        string elementName = element.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return InlineArray.For(site, declared, elementName, "Array", length) is { } array
            ? Use(
                site,
                declared,
                array.Name,
                $"Use an inline array of {length.Text()} elements instead of '{declared.Syntax}'",
                ArrayKey,
                array
            )
            : null;
    }

    private static Repair Use(Site site, DeclaredType declared, string type, string title, string key, InlineArray? added = null)
    {
        AttributeSyntax? marshalling = FixedLength.Marshalling(site, declared);
        return new(title, key, site.Document.Id, declared.Syntax, Edit);

        void Edit(SyntaxEditor editor)
        {
            // Removes initializers and marshaling attributes, which are for references.
            foreach (EqualsValueClauseSyntax initializer in declared.Initializers)
                editor.ReplaceNode(initializer.Parent!, static (current, _) => WithoutInitializer(current));
            editor.ReplaceNode(
                declared.Syntax,
                (current, _) => SyntaxFactory.ParseTypeName(type).WithTriviaFrom(current).WithAdditionalAnnotations(Simplifier.Annotation)
            );
            if (marshalling?.Parent is AttributeListSyntax list)
                Remove(editor, list, marshalling);
            added?.AddTo(editor, site);
        }
    }

    private static SyntaxNode WithoutInitializer(SyntaxNode declaration) =>
        declaration switch
        {
            VariableDeclaratorSyntax field => field.WithInitializer(null).WithIdentifier(field.Identifier.WithTrailingTrivia()),
            PropertyDeclarationSyntax property => property
                .WithInitializer(null)
                .WithSemicolonToken(default)
                .WithAccessorList(property.AccessorList?.WithTrailingTrivia(property.SemicolonToken.TrailingTrivia)),
            _ => declaration,
        };

    private static void Remove(SyntaxEditor editor, AttributeListSyntax list, AttributeSyntax attribute)
    {
        if (list.Attributes.Count > 1)
        {
            editor.RemoveNode(attribute);
            return;
        }
        editor.ReplaceNode(
            list.Parent!,
            (current, _) =>
                WithoutList((MemberDeclarationSyntax)current, ((MemberDeclarationSyntax)list.Parent!).AttributeLists.IndexOf(list))
        );
    }

    private static MemberDeclarationSyntax WithoutList(MemberDeclarationSyntax member, int index)
    {
        SyntaxTriviaList leading = member.GetLeadingTrivia();
        MemberDeclarationSyntax without = member.WithAttributeLists(member.AttributeLists.RemoveAt(index));
        return index == 0 ? without.WithLeadingTrivia(leading).WithAdditionalAnnotations(Formatter.Annotation) : without;
    }
}
