using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Reorders the fields of a struct as in the object, matching them by name.</summary>
internal sealed class FieldOrder
{
    private readonly List<string> _names;

    private FieldOrder(List<string> names) => _names = names;

    /// <returns><see langword="null"/> unless reordering alone removes all differences.</returns>
    public static FieldOrder? Find(ObjectPart part, StructDeclarationSyntax declaration)
    {
        if (
            part.ObjectType is not { } type
            || StructLayoutInfo.Read(part.Type).Kind != System.Runtime.InteropServices.LayoutKind.Sequential
        )
            return null;
        Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
        foreach (LayoutField field in type.Fields)
            places[Plain(field.Name)] = (field.Offset * 8) + field.BitOffset;
        EquatableArray<FieldLayout> fields = part.Mismatch.Declared.Fields;
        if (fields.Any(f => !places.ContainsKey(Plain(f.Name))) || Declared(declaration).Count() != fields.Count)
            return null;
        List<FieldLayout> ordered = [.. fields.OrderBy(f => places[Plain(f.Name)])];
        return
            !ordered.SequenceEqual(fields)
            && part.WouldFit([.. ordered.Select(static f => new UnplacedField(f.Name, f.Type, f.Count, null))])
            ? new([.. ordered.Select(static f => f.Name)])
            : null;
    }

    /// <summary>Reorders the declarations with their comments. Declarations of several fields are split.</summary>
    public StructDeclarationSyntax ApplyTo(StructDeclarationSyntax declaration)
    {
        List<FieldDeclarationSyntax> single = [.. Declared(declaration).Select(static pair => Single(pair.Field, pair.Variable))];
        Queue<FieldDeclarationSyntax> ordered = new(
            _names.Select(n => single.First(f => f.Declaration.Variables[0].Identifier.ValueText == n))
        );
        List<MemberDeclarationSyntax> members = [];
        foreach (MemberDeclarationSyntax member in declaration.Members)
        {
            if (!IsInstanceField(member, out FieldDeclarationSyntax? field))
            {
                members.Add(member);
                continue;
            }
            for (int i = field!.Declaration.Variables.Count; i > 0; i--)
                members.Add(ordered.Dequeue());
        }
        return declaration.WithMembers(SyntaxFactory.List(members));
    }

    /// <summary>Gets a declaration of a single field. Comments stay with the first field of the original declaration.</summary>
    private static FieldDeclarationSyntax Single(FieldDeclarationSyntax field, VariableDeclaratorSyntax variable)
    {
        FieldDeclarationSyntax single = field.WithDeclaration(
            field.Declaration.WithVariables(SyntaxFactory.SingletonSeparatedList(variable.WithoutTrivia()))
        );
        return field.Declaration.Variables[0] == variable
            ? single
            : single.WithLeadingTrivia(Members.Indentation(field.GetLeadingTrivia()));
    }

    public static bool IsInstanceField(MemberDeclarationSyntax member, out FieldDeclarationSyntax? field)
    {
        field = member as FieldDeclarationSyntax;
        return field is not null
            && !field.Modifiers.Any(static m => m.IsKind(SyntaxKind.StaticKeyword) || m.IsKind(SyntaxKind.ConstKeyword));
    }

    private static IEnumerable<(FieldDeclarationSyntax Field, VariableDeclaratorSyntax Variable)> Declared(
        StructDeclarationSyntax declaration
    )
    {
        foreach (MemberDeclarationSyntax member in declaration.Members)
        {
            if (!IsInstanceField(member, out FieldDeclarationSyntax? field))
                continue;
            foreach (VariableDeclaratorSyntax variable in field!.Declaration.Variables)
                yield return (field, variable);
        }
    }

    private static string Plain(string name) => name.Replace("_", "");
}
