using BpfMaps.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>
/// Writes <c>[StructLayout(LayoutKind.Sequential)]</c>. It changes no layout, as structs have that one anyway; but the compiler warns about
/// private fields that nobody uses (CS0169), which named padding is, except in structs that have the attribute.
/// </summary>
internal static class StructLayoutAttribute
{
    public const string Name = "System.Runtime.InteropServices.StructLayoutAttribute";

    public static TypeDeclarationSyntax AddTo(TypeDeclarationSyntax type, Compilation compilation, SyntaxGenerator generator)
    {
        if (compilation.GetTypeByMetadataName(Name) is not { } attribute || compilation.GetTypeByMetadataName("System.Runtime.InteropServices.LayoutKind") is not { } kind)
            return type;
        SyntaxNode sequential = generator.MemberAccessExpression(generator.TypeExpression(kind, addImport: true), "Sequential");
        AttributeListSyntax list = (AttributeListSyntax)generator.Attribute(generator.TypeExpression(attribute, addImport: true), [generator.AttributeArgument(sequential)]);
        return Add(type, list.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    // On a line of its own, unless the attributes before it share the type's line.
    private static TypeDeclarationSyntax Add(TypeDeclarationSyntax type, AttributeListSyntax list)
    {
        if (type.AttributeLists.Count > 0)
        {
            AttributeListSyntax last = type.AttributeLists[type.AttributeLists.Count - 1];
            SyntaxToken next = last.GetLastToken().GetNextToken();
            return type.AddAttributeLists(list.WithLeadingTrivia(Members.Indentation(next.LeadingTrivia)).WithTrailingTrivia(LineEnd(last.GetTrailingTrivia())));
        }
        SyntaxTriviaList leading = type.GetLeadingTrivia();
        bool isOneLine = !type.OpenBraceToken.TrailingTrivia.Concat(type.CloseBraceToken.LeadingTrivia).Concat(type.Members.SelectMany(static m => m.GetTrailingTrivia()))
            .Any(static t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        SyntaxTriviaList end = isOneLine ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : LineEnd(type.OpenBraceToken.TrailingTrivia);
        return type.WithLeadingTrivia(isOneLine ? default : Members.Indentation(leading)).AddAttributeLists(list.WithTrailingTrivia(end)).WithLeadingTrivia(leading);
    }

    private static SyntaxTriviaList LineEnd(SyntaxTriviaList trailing)
    {
        SyntaxTrivia end = trailing.FirstOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        return SyntaxFactory.TriviaList(end.IsKind(SyntaxKind.EndOfLineTrivia) ? end : SyntaxFactory.Space);
    }
}
