using System.Linq.Expressions;

namespace BpfMaps.Tests;

/// <summary>Expressions without a meaning in the kernel are rejected, and the message shows the part.</summary>
public sealed class TranslationTests
{
    [Fact]
    public void UntranslatablePart_IsShownWithTheReason()
    {
        InMemoryBpfHost host = new();
        using FlowMap map = FlowMap.Create(host);
        using LongTextMap textMap = LongTextMap.Create(host);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();
        using BpfQuery<int, LongText> texts = textMap.InKernel();

        Assert.All(
            UntranslatableCases.Of(query, texts),
            static untranslatable =>
            {
                ArgumentException problem = Assert.Throws<ArgumentException>(untranslatable.Ask);
                string part = untranslatable.Shown ?? untranslatable.Part;
                string[] expected =
                [
                    $"The query cannot be translated because of '{part}': {untranslatable.Reason}",
                    $"The query cannot be translated because of '({part})': {untranslatable.Reason}",
                ];
                Assert.Contains(problem.Message, expected);
            }
        );
    }

    [Fact]
    public void NegativeVariable_IsRefusedAsADivisor()
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost());
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();
        int minusOne = -1;

        ArgumentException problem = Assert.Throws<ArgumentException>(() => query.Where(flow => flow.Value.Balance / minusOne > 1));
        Assert.Contains("minusOne': the divisor is negative.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesThatAreInlineArrays_HaveElements()
    {
        using HistogramMap map = HistogramMap.Create(new InMemoryBpfHost());
        Slots slots = default;
        slots[2] = 5;
        map.Set(1, slots);
        using BpfQuery<uint, Slots> query = map.InKernel();

        Assert.Equal(5UL, query.Sum(histogram => BpfInlineArray.ElementAt<ulong>(histogram.Value, 2)));
        Assert.Equal(1, query.Where(histogram => BpfInlineArray.ElementAt<ulong>(histogram.Value, 2) > 4).Count());
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

    private static ulong Half(ulong number) => number / 2;
}
