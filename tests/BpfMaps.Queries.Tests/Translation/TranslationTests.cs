using System.Linq.Expressions;

namespace BpfMaps.Tests;

/// <summary>What has no meaning in the kernel is refused, and the message shows the part.</summary>
public sealed class TranslationTests
{
    private static (Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>> Predicate, string Message)[] Untranslatable()
    {
        int minusOne = -1;
        return
        [
            (flow => flow.Value.Name.ToString() == "x", "'(flow.Value.Name.ToString() == \"x\")': the operator of String is a method."),
            (
                flow => flow.Value.Bytes / flow.Value.Packets > 1,
                "'flow.Value.Packets': the divisor depends on the element, and could be 0."
            ),
            (flow => flow.Value.Balance / minusOne > 1, "minusOne': the divisor is negative."),
            (flow => checked(flow.Value.Bytes + 1) > 1, "'(flow.Value.Bytes + 1)': checked arithmetic cannot be translated"),
            (flow => flow.Value.Bytes * 1.5 > 2, "Double is not an integer."),
            (flow => flow.Value.Name.ByteLength > 2, "'ByteLength' is not a field of"),
            (flow => IsInteresting(flow.Value), "methods cannot be called in the kernel."),
            (flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, 4) > 0, "the index is 4, but the array has 4 elements."),
            (flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Inner, 0) > 0, "the field is not an inline array."),
            (flow => BpfInlineArray.ElementAt<uint>(flow.Value.Slots, 0) > 0, "the field has 8 bytes, but UInt32 has 4."),
            (flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, flow.Value.Hops) > 0, "the index depends on the element."),
            (flow => flow.Value.Name == flow.Value.Name, "texts can be compared with constants and captured variables."),
            (flow => (flow.Value.Hops > 1 ? flow.Value.Bytes : 0) > 2, "the operation has no translation."),
        ];
    }

    [Fact]
    public void UntranslatablePart_IsShown()
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost());
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();

        foreach ((Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>> predicate, string expected) in Untranslatable())
        {
            ArgumentException problem = Assert.Throws<ArgumentException>(() => query.Where(predicate));
            Assert.Contains("The query cannot be translated because of '", problem.Message, StringComparison.Ordinal);
            Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DivisionByZero_Throws()
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost());
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();
        int zero = 0;

        Assert.Throws<DivideByZeroException>(() => query.Where(flow => flow.Value.Balance / zero == 1));
    }

    [Fact]
    public void CapturedVariables_AreReadByWhere()
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost());
        map.Set(default, new() { Bytes = 5 });
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();
        ulong limit = 4;
        BpfQueryFilter<Flow.Key, Flow> filter = query.Where(flow => flow.Value.Bytes > limit);

        limit = 10;

        Assert.Equal(1, filter.Count());
        Assert.Equal(0, query.Where(flow => flow.Value.Bytes > limit).Count());
        Assert.Equal(1, query.Where(flow => flow.Value.Bytes > limit / 5 + Half(4)).Count());
    }

    [Fact]
    public void TooManyVariables_AreRefused()
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost());
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();
        ParameterExpression flow = Expression.Parameter(typeof(KeyValuePair<Flow.Key, Flow>), "flow");
        Expression name = Expression.Field(Expression.Property(flow, "Value"), nameof(Flow.Name));
        Expression same = Expression.Call(name, nameof(BpfText<>.StartsWith), null, Expression.Constant("x"));
        Expression all = Enumerable.Repeat(same, 100).Aggregate(Expression.AndAlso);

        ArgumentException problem = Assert.Throws<ArgumentException>(() =>
            query.Where(Expression.Lambda<Func<KeyValuePair<Flow.Key, Flow>, bool>>(all, flow))
        );
        Assert.Contains("need more than 2048 bytes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ElementAt_OutsideOfAQuery_Throws() =>
        Assert.Throws<InvalidOperationException>(() => BpfInlineArray.ElementAt<ulong>(default(Slots), 0));

    private static bool IsInteresting(Flow flow) => flow.Bytes > 0;

    private static ulong Half(ulong number) => number / 2;
}
