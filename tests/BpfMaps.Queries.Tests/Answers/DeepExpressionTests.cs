using System.Linq.Expressions;
using static System.Linq.Expressions.Expression;

namespace BpfMaps.Tests;

/// <summary>Expressions that need more registers than there are.</summary>
public sealed class DeepExpressionTests
{
    private const int Levels = 300;
    private const int FullLevels = 9;

    private readonly ParameterExpression _flow = Parameter(typeof(KeyValuePair<Flow.Key, Flow>), "flow");

    [Fact]
    public void ExpressionNestedToTheLeft_IsAnswered() => Check(Nested(isRight: false));

    [Fact]
    public void ExpressionNestedToTheRight_IsAnswered() => Check(Nested(isRight: true));

    /// <summary>All levels have two equal sides, so that the left ones are kept on the stack.</summary>
    [Fact]
    public void ExpressionWithEqualSides_IsAnswered() => Check(Full(FullLevels));

    private void Check(Expression number)
    {
        Require.Feature(KernelFeature.Queries);
        Dictionary<Flow.Key, Flow> flows = FlowSamples.Create(100, seed: 3);
        using FlowMap map = FlowMap.Create();
        map.SetRange([.. flows.Keys], [.. flows.Values]);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        Expression<Func<KeyValuePair<Flow.Key, Flow>, ulong>> selector = Lambda<Func<KeyValuePair<Flow.Key, Flow>, ulong>>(number, _flow);
        ulong middle = flows.Select(selector.Compile()).Order().ElementAt(flows.Count / 2);
        Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>> condition = Lambda<Func<KeyValuePair<Flow.Key, Flow>, bool>>(
            LessThan(number, Constant(middle)),
            _flow
        );

        Assert.Equal(flows.Count(condition.Compile()), query.Where(condition).Count());
        Assert.Equal(flows.Max(selector.Compile()), query.Max(selector));
    }

    private Expression Nested(bool isRight)
    {
        Expression number = Field(0);
        for (int level = 1; level < Levels; level++)
        {
            // Subtraction shows whether the sides are exchanged.
            number = isRight ? Subtract(Field(level), number) : Subtract(number, Field(level));
        }

        return number;
    }

    private Expression Full(int levels, int place = 0)
    {
        if (levels == 0)
            return Field(place);
        Expression left = Full(levels - 1, 2 * place);
        Expression right = Full(levels - 1, (2 * place) + 1);
        return levels % 2 == 0 ? Subtract(left, right) : Multiply(left, right);
    }

    private MemberExpression Field(int number) =>
        Expression.Field(Property(_flow, "Value"), number % 3 == 0 ? nameof(Flow.Packets) : nameof(Flow.Bytes));
}
