using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Comparison;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Replaces the fields of a struct by those of the type in the object. Methods, properties and nested types are kept.</summary>
internal sealed class StructReplacement
{
    private readonly List<FieldText> _fields;
    private readonly List<string[]> _types;
    private readonly string? _attribute;

    private StructReplacement(List<FieldText> fields, List<string[]> types, string? attribute)
    {
        _fields = fields;
        _types = types;
        _attribute = attribute;
    }

    /// <returns><see langword="null"/> if the object does not define fields, or C# cannot declare one of them.</returns>
    public static StructReplacement? For(ObjectPart part, StructDeclarationSyntax declaration)
    {
        if (part.ObjectType is not { } type)
            return null;
        IEnumerable<string> kept = declaration.Members.SelectMany(static m => FieldOrder.IsInstanceField(m, out _) ? [] : NamesOf(m));
        StructWriter text = new(
            part.Map.Object.Types,
            new MemberNames([part.Type.Name, .. kept]),
            isKey: part.Mismatch.Part == MapPart.Key
        );
        (List<FieldText> fields, string? attribute) = text.Write(type);
        return text.HasFailed || fields.Count == 0 ? null : new(fields, text.Types, attribute);
    }

    public StructDeclarationSyntax ApplyTo(StructDeclarationSyntax declaration)
    {
        string newLine = Members.NewLineOf(declaration).ToString();
        string outer = Members.Indentation(declaration.GetLeadingTrivia()).ToFullString();
        string inner = outer + "    ";
        int place = declaration.Members.TakeWhile(static m => !FieldOrder.IsInstanceField(m, out _)).Count();
        bool isOneLine = !declaration.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

        List<MemberDeclarationSyntax> members =
        [
            .. declaration
                .Members.Where(static m => !FieldOrder.IsInstanceField(m, out _))
                .Select(m =>
                    isOneLine
                        ? m.WithLeadingTrivia(SyntaxFactory.Whitespace(inner)).WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine))
                        : m
                ),
        ];
        // Keeps the empty line before the fields.
        bool isSeparate =
            place < declaration.Members.Count
            && declaration.Members[place].GetLeadingTrivia() is { Count: > 0 } leading
            && leading[0].IsKind(SyntaxKind.EndOfLineTrivia);
        members.InsertRange(
            place,
            _fields.Select(
                (f, index) =>
                    Parse((index == 0 && isSeparate ? newLine : "") + inner + StructWriter.Line(f, _attribute is not null) + newLine)
            )
        );
        members.AddRange(_types.Select(t => Parse(newLine + string.Concat(t.Select(line => inner + line + newLine)))));
        if (isOneLine)
            declaration = Unfold(declaration, newLine, outer);
        return WithLayout(declaration, newLine + outer).WithMembers(SyntaxFactory.List(members));
    }

    /// <summary>Puts the braces on separate lines.</summary>
    private static StructDeclarationSyntax Unfold(StructDeclarationSyntax declaration, string newLine, string outer)
    {
        SyntaxToken before = declaration.OpenBraceToken.GetPreviousToken();
        declaration = declaration.ReplaceToken(before, before.WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine)));
        return declaration
            .WithOpenBraceToken(
                declaration
                    .OpenBraceToken.WithLeadingTrivia(SyntaxFactory.Whitespace(outer))
                    .WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine))
            )
            .WithCloseBraceToken(declaration.CloseBraceToken.WithLeadingTrivia(SyntaxFactory.Whitespace(outer)));
    }

    private StructDeclarationSyntax WithLayout(StructDeclarationSyntax declaration, string separator)
    {
        SyntaxTriviaList leading = declaration.GetLeadingTrivia();
        declaration = declaration.WithoutLeadingTrivia();
        List<AttributeListSyntax> lists = [];
        foreach (AttributeListSyntax list in declaration.AttributeLists)
        {
            AttributeSyntax[] kept = [.. list.Attributes.Where(static a => !IsLayout(a))];
            if (kept.Length > 0)
                lists.Add(kept.Length == list.Attributes.Count ? list : list.WithAttributes(SyntaxFactory.SeparatedList(kept)));
        }
        if (_attribute is not null)
            lists.Insert(
                0,
                ((StructDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(_attribute + separator + "struct A;")!)
                    .AttributeLists[0]
                    .WithAdditionalAnnotations(Simplifier.Annotation)
            );
        return declaration.WithAttributeLists(SyntaxFactory.List(lists)).WithLeadingTrivia(leading);
    }

    private static bool IsLayout(AttributeSyntax attribute) =>
        attribute.Name.ToString() is { } name
        && (name.EndsWith("StructLayout", StringComparison.Ordinal) || name.EndsWith("StructLayoutAttribute", StringComparison.Ordinal));

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) =>
        member switch
        {
            BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
            MethodDeclarationSyntax method => [method.Identifier.ValueText],
            PropertyDeclarationSyntax property => [property.Identifier.ValueText],
            FieldDeclarationSyntax field => field.Declaration.Variables.Select(static v => v.Identifier.ValueText),
            _ => [],
        };

    private static MemberDeclarationSyntax Parse(string text) =>
        SyntaxFactory.ParseMemberDeclaration(text)!.WithAdditionalAnnotations(Simplifier.Annotation);
}
