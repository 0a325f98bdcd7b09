using System.Linq.Expressions;

namespace BpfMaps.Queries.Translation;

/// <summary>Finds out whether an expression depends on the element, or has the same value for all elements.</summary>
internal sealed class ElementSearch(ParameterExpression element) : ExpressionVisitor
{
    private bool _isFound;

    public static bool Uses(Expression expression, ParameterExpression element)
    {
        ElementSearch search = new(element);
        search.Visit(expression);
        return search._isFound;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _isFound |= node == element;
        return node;
    }
}
