using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Shapes;

/// <summary>Distinguishes code from declarations. The meaning of a map declaration never depends on code.</summary>
internal static class CodeBody
{
    /// <summary>Gets whether a node is a body or an initializer whose edits cannot change the meaning of a declaration.</summary>
    public static bool Is(SyntaxNode node) =>
        node.Kind() switch
        {
            SyntaxKind.Block or SyntaxKind.ArrowExpressionClause => IsOfMember(node),
            SyntaxKind.EqualsValueClause => IsInitialValue(node),
            SyntaxKind.GlobalStatement => true,
            _ => false,
        };

    /// <summary>Gets the names of the local variables and functions that a top-level statement declares.</summary>
    /// <remarks>
    /// C# finds them in all files, where their use is an error (CS8801): an unfinished <c>usin Acme;</c> declares a variable that hides a
    /// namespace from all declarations. Variables of nested code are among the names, and only cost another comparison.
    /// </remarks>
    public static IEnumerable<string> NamesDeclaredBy(GlobalStatementSyntax statement) =>
        from node in statement.DescendantNodes()
        let name = node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier,
            SingleVariableDesignationSyntax variable => variable.Identifier,
            LocalFunctionStatementSyntax function => function.Identifier,
            _ => default,
        }
        where name != default
        select name.ValueText;

    private static bool IsOfMember(SyntaxNode body) =>
        body.Parent switch
        {
            BaseMethodDeclarationSyntax method => !MayCapture(method),
            BasePropertyDeclarationSyntax property => !MayCapture(property) && !MentionsField(body),
            AccessorDeclarationSyntax { Parent.Parent: MemberDeclarationSyntax property } => !MayCapture(property) && !MentionsField(body),
            _ => false,
        };

    // Constants can be used in attributes, array lengths and other constants. So can members of enumerations and default values of
    // parameters.
    private static bool IsInitialValue(SyntaxNode value) =>
        value.Parent switch
        {
            VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
            PropertyDeclarationSyntax => true,
            _ => false,
        };

    /// <summary>
    /// Gets whether using a primary constructor parameter in a member may make it a field of a struct. Another part may have the
    /// parameters.
    /// </summary>
    private static bool MayCapture(MemberDeclarationSyntax member) =>
        member.Parent is StructDeclarationSyntax type && (type.ParameterList is not null || type.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Gets whether an accessor may use the <c>field</c> keyword, which adds a field to the type.</summary>
    private static bool MentionsField(SyntaxNode body) => body.DescendantTokens().Any(static token => token.ValueText == "field");
}
