using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Use;

/// <summary>Checks whether an expression can be replaced by a read-only variable.</summary>
internal static class ReadOnlyUse
{
    public static bool IsWritten(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        // Fields of the value and elements of inline arrays in it are treated like the value.
        while (true)
        {
            if (expression.Parent is ParenthesizedExpressionSyntax parenthesized)
                expression = parenthesized;
            else if (
                expression.Parent is MemberAccessExpressionSyntax field
                && field.Expression == expression
                && model.GetSymbolInfo(field, cancellation).Symbol is IFieldSymbol
            )
                expression = field;
            else if (expression.Parent is ElementAccessExpressionSyntax element && element.Expression == expression)
                expression = element;
            else
                break;
        }
        return expression.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == expression,
            PrefixUnaryExpressionSyntax prefix => prefix.RawKind
                is (int)SyntaxKind.PreIncrementExpression
                    or (int)SyntaxKind.PreDecrementExpression
                    or (int)SyntaxKind.AddressOfExpression,
            PostfixUnaryExpressionSyntax postfix => postfix.RawKind
                is (int)SyntaxKind.PostIncrementExpression
                    or (int)SyntaxKind.PostDecrementExpression,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind is (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword
                || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax },
            RefExpressionSyntax => true,
            MemberAccessExpressionSyntax member when member.Expression == expression => ChangesItsReceiver(
                model.GetSymbolInfo(member, cancellation).Symbol
            ),
            _ => false,
        };
    }

    private static bool ChangesItsReceiver(ISymbol? member) =>
        member switch
        {
            IMethodSymbol { ReducedFrom: { } extension } => extension.Parameters[0].RefKind == RefKind.Ref,
            IMethodSymbol method => !method.IsReadOnly && method.ContainingType.IsValueType,
            IPropertySymbol { GetMethod: { } getter } => !getter.IsReadOnly && getter.ContainingType.IsValueType,
            null => true,
            _ => false,
        };
}
