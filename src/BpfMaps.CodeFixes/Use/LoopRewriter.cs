using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace BpfMaps.CodeFixes.Use;

/// <summary>Rewrites the body of a loop over keys.</summary>
internal sealed class LoopRewriter(string valueName, IReadOnlyDictionary<SyntaxNode, LookupRole> roles) : CSharpSyntaxRewriter
{
    public static ForEachVariableStatementSyntax Rewrite(ForEachStatementSyntax loop, LoopPlan plan)
    {
        // The current version of the loop, which earlier edits may have changed.
        Dictionary<SyntaxNode, LookupRole> roles = [];
        foreach (KeyValuePair<SyntaxNode, LookupRole> role in plan.Roles)
        {
            if (loop.GetCurrentNode(role.Key) is { } current)
                roles[current] = role.Value;
        }
        StatementSyntax body = (StatementSyntax)new LoopRewriter(plan.ValueName, roles).Visit(loop.Statement)!;
        ParenthesizedVariableDesignationSyntax names = SyntaxFactory.ParenthesizedVariableDesignation(
            SyntaxFactory.SeparatedList(
                [Designation(loop.Identifier.WithoutTrivia()), Designation(SyntaxFactory.Identifier(plan.ValueName))],
                [SyntaxFactory.Token(default, SyntaxKind.CommaToken, SyntaxFactory.TriviaList(SyntaxFactory.Space))]
            )
        );
        TypeSyntax var = SyntaxFactory
            .IdentifierName("var")
            .WithLeadingTrivia(loop.Type.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.Space);
        ExpressionSyntax map = ((MemberAccessExpressionSyntax)loop.Expression).Expression.WithTriviaFrom(loop.Expression);
        return SyntaxFactory.ForEachVariableStatement(
            loop.AttributeLists,
            loop.AwaitKeyword,
            loop.ForEachKeyword,
            loop.OpenParenToken,
            SyntaxFactory.DeclarationExpression(var, names.WithTrailingTrivia(loop.Identifier.TrailingTrivia)),
            loop.InKeyword,
            map,
            loop.CloseParenToken,
            body
        );
    }

    public override SyntaxNode? VisitElementAccessExpression(ElementAccessExpressionSyntax node) =>
        RoleOf(node) == LookupRole.Value
            ? SyntaxFactory.IdentifierName(valueName).WithTriviaFrom(node)
            : base.VisitElementAccessExpression(node);

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        IfStatementSyntax visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        return RoleOf(node) == LookupRole.Unwrap
            ? visited
                .Statement.WithLeadingTrivia(Comments(node).AddRange(visited.Statement.GetLeadingTrivia()))
                .WithAdditionalAnnotations(Formatter.Annotation)
            : visited;
    }

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        BinaryExpressionSyntax visited = (BinaryExpressionSyntax)base.VisitBinaryExpression(node)!;
        return RoleOf(node) == LookupRole.Shorten ? visited.Right.WithTriviaFrom(node) : visited;
    }

    public override SyntaxNode? VisitBlock(BlockSyntax node)
    {
        List<StatementSyntax> statements = [];
        foreach (StatementSyntax statement in node.Statements)
        {
            LookupRole? role = RoleOf(statement);
            if (role == LookupRole.Remove)
                continue;
            StatementSyntax visited = (StatementSyntax)Visit(statement)!;
            // A block without declarations, or that is the only statement, needs no braces.
            if (
                role == LookupRole.Unwrap
                && visited is BlockSyntax inner
                && (
                    node.Statements.Count == 1
                    || !inner.Statements.Any(static s => s is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax)
                )
            )
                statements.AddRange(
                    inner.Statements.Select((s, i) => i == 0 ? Lifted(s, statement) : s.WithAdditionalAnnotations(Formatter.Annotation))
                );
            else if (role == LookupRole.Unwrap)
                statements.Add(
                    Lifted(((IfStatementSyntax)statement).Statement is BlockSyntax ? visited : visited.WithoutLeadingTrivia(), statement)
                );
            else
                statements.Add(visited);
        }
        return node.WithStatements(SyntaxFactory.List(statements));
    }

    private LookupRole? RoleOf(SyntaxNode node) => roles.TryGetValue(node, out LookupRole role) ? role : null;

    // Replaces the 'if', and keeps the comments before both.
    private static StatementSyntax Lifted(StatementSyntax statement, StatementSyntax guard) =>
        statement.WithLeadingTrivia(guard.GetLeadingTrivia().AddRange(Comments(statement))).WithAdditionalAnnotations(Formatter.Annotation);

    private static SyntaxTriviaList Comments(SyntaxNode node) =>
        node.GetLeadingTrivia().Any(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia))
            ? node.GetLeadingTrivia()
            : default;

    private static VariableDesignationSyntax Designation(SyntaxToken name) =>
        name.ValueText == "_" ? SyntaxFactory.DiscardDesignation() : SyntaxFactory.SingleVariableDesignation(name);
}
