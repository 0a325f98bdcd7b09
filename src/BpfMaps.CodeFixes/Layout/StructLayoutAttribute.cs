using BpfMaps.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>
/// Writes <c>[StructLayout(LayoutKind.Sequential)]</c>. It changes no layout, as structs have that one anyway; but the compiler warns about
/// private fields that nobody uses (CS0169), which named padding is, except in structs that have the attribute.
/// </summary>
internal static class StructLayoutAttribute
{
    public const string Name = Space + "." + TypeName;

    private const string Space = "System.Runtime.InteropServices";
    private const string TypeName = "StructLayoutAttribute";

    public static void EnsureImport(SyntaxEditor editor, Site site, TypeDeclarationSyntax type) => Imports.Ensure(editor, site, type.SpanStart, Space, TypeName);

    public static TypeDeclarationSyntax AddTo(TypeDeclarationSyntax type) =>
        Add(type, ((TypeDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("[StructLayout(LayoutKind.Sequential)] struct S;")!).AttributeLists[0]);

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
