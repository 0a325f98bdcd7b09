using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Shapes;

/// <summary>Tells what code does from what there is: of the first, no map's declaration can see anything.</summary>
internal static class CodeBody
{
    /// <summary>Whether a node is a body, or an initial value, and can be edited without any consequence for a declaration.</summary>
    public static bool Is(SyntaxNode node) => node.Kind() switch
    {
        SyntaxKind.Block or SyntaxKind.ArrowExpressionClause => IsOfMember(node),
        SyntaxKind.EqualsValueClause => IsInitialValue(node),
        SyntaxKind.GlobalStatement => true,
        _ => false,
    };

    private static bool IsOfMember(SyntaxNode body) => body.Parent switch
    {
        BaseMethodDeclarationSyntax method => !MayCapture(method),
        BasePropertyDeclarationSyntax property => !MayCapture(property) && !MentionsField(body),
        AccessorDeclarationSyntax { Parent.Parent: MemberDeclarationSyntax property } => !MayCapture(property) && !MentionsField(body),
        _ => false,
    };

    // Constants count wherever a number does: in attributes, in the lengths of arrays, in other constants. So do those of enumerations, and the defaults of parameters.
    private static bool IsInitialValue(SyntaxNode value) => value.Parent switch
    {
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        PropertyDeclarationSyntax => true,
        _ => false,
    };

    /// <summary>Whether a struct's parameters may become fields because a member uses them (<see cref="Parsing.CapturedParameters"/>). Another part may have the parameters.</summary>
    private static bool MayCapture(MemberDeclarationSyntax member) =>
        member.Parent is StructDeclarationSyntax type && (type.ParameterList is not null || type.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether a property may have a field because an accessor says <c>field</c>.</summary>
    private static bool MentionsField(SyntaxNode body) => body.DescendantTokens().Any(static token => token.ValueText == "field");
}
