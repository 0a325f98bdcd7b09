using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>Inserts members with the formatting of the type: one per line, or on the same line if the type is on one line.</summary>
internal static class Members
{
    /// <summary>Inserts a member before all others, with an empty line after it.</summary>
    public static TypeDeclarationSyntax InsertFirst(this TypeDeclarationSyntax type, string member)
    {
        SyntaxTrivia newLine = NewLineOf(type);
        bool isOpen = type.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        MemberDeclarationSyntax parsed = ParseLines(type, member, newLine);
        parsed = parsed
            .WithLeadingTrivia(isOpen ? parsed.GetLeadingTrivia() : parsed.GetLeadingTrivia().Insert(0, newLine))
            .WithTrailingTrivia(newLine, newLine);
        return type.WithMembers(type.Members.Insert(0, parsed));
    }

    /// <summary>Inserts members of one line each at an index.</summary>
    public static TypeDeclarationSyntax Insert(this TypeDeclarationSyntax type, int place, IReadOnlyList<string> members)
    {
        type = WithBody(type);
        bool hasBefore = place > 0;
        SyntaxTriviaList before = hasBefore ? type.Members[place - 1].GetTrailingTrivia() : type.OpenBraceToken.TrailingTrivia;
        SyntaxTrivia? newLine = before.LastOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found
            ? found
            : null;
        List<MemberDeclarationSyntax> parsed = [];
        foreach (string member in members)
        {
            MemberDeclarationSyntax added = Parse(member);
            parsed.Add(
                newLine is { } end
                    ? added.WithLeadingTrivia(IndentationOfMembers(type)).WithTrailingTrivia(end)
                    : added.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space)
            );
        }
        if (newLine is null && !before.Any(SyntaxKind.WhitespaceTrivia))
            parsed[0] = parsed[0].WithLeadingTrivia(SyntaxFactory.Space);
        return type.WithMembers(type.Members.InsertRange(place, parsed));
    }

    /// <summary>Inserts a member of several lines after all others, with an empty line before it.</summary>
    public static TypeDeclarationSyntax InsertLast(this TypeDeclarationSyntax type, string member)
    {
        SyntaxTrivia newLine = NewLineOf(type);
        MemberDeclarationSyntax parsed = ParseLines(type, member, newLine);
        return type.AddMembers(parsed.WithLeadingTrivia(parsed.GetLeadingTrivia().Insert(0, newLine)).WithTrailingTrivia(newLine));
    }

    // Without the formatter, which uses the line endings of the editor instead of the file.
    private static MemberDeclarationSyntax ParseLines(TypeDeclarationSyntax type, string member, SyntaxTrivia newLine)
    {
        string indentation = IndentationOfMembers(type).ToString();
        if (indentation.Contains('\t'))
            member = member.Replace("    ", "\t");
        IEnumerable<string> lines = member.Split('\n').Select(line => indentation + line.TrimEnd('\r'));
        return Parse(string.Join(newLine.ToString(), lines));
    }

    /// <summary>Gets the line ending of a file; that of the formatter depends on the editor.</summary>
    public static SyntaxTrivia NewLineOf(SyntaxNode node)
    {
        SyntaxTrivia found = node.DescendantTrivia().FirstOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        return SyntaxFactory.EndOfLine(found.IsKind(SyntaxKind.EndOfLineTrivia) ? found.ToString() : "\n");
    }

    private static MemberDeclarationSyntax Parse(string member) =>
        SyntaxFactory.ParseMemberDeclaration(member)!.WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>Adds a body to a type that ends with a semicolon.</summary>
    private static TypeDeclarationSyntax WithBody(TypeDeclarationSyntax type)
    {
        if (type.SemicolonToken.IsKind(SyntaxKind.None) || type.OpenBraceToken.Span.Length > 0)
            return type;
        SyntaxToken open = SyntaxFactory.Token(
            SyntaxFactory.TriviaList(SyntaxFactory.Space),
            SyntaxKind.OpenBraceToken,
            SyntaxFactory.TriviaList(SyntaxFactory.Space)
        );
        SyntaxToken close = SyntaxFactory.Token(default, SyntaxKind.CloseBraceToken, type.SemicolonToken.TrailingTrivia);
        return type.WithSemicolonToken(default).WithOpenBraceToken(open).WithCloseBraceToken(close);
    }

    private static SyntaxTriviaList IndentationOfMembers(TypeDeclarationSyntax type)
    {
        if (type.Members.Count > 0 && type.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            return Indentation(type.Members[0].GetLeadingTrivia());
        return Indentation(type.GetLeadingTrivia()).Add(SyntaxFactory.Whitespace("    "));
    }

    /// <summary>Gets the white space before the first token of a line.</summary>
    public static SyntaxTriviaList Indentation(SyntaxTriviaList leading)
    {
        SyntaxTrivia last = leading.Count == 0 ? default : leading[leading.Count - 1];
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;
    }
}
