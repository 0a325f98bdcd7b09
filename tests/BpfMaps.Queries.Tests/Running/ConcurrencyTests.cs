namespace BpfMaps.Tests;

/// <summary>Several threads use a query while others write to the map.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Questions_OfSeveralThreads_DoNotDisturbEachOther()
    {
        Require.Kernel();
        using WideFlowMap map = WideFlowMap.Create(10_000);
        const int Stable = 2_000;
        map.SetRange([.. Enumerable.Range(0, Stable).Select(static key => (ulong)key)], new WideValue[Stable]);
        using BpfQuery<ulong, WideValue> query = map.InKernel(BpfQueryExecution.KernelOnly);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task writer = Task.Run(() => Churn(map, stop.Token), TestContext.Current.CancellationToken);

        Task[] readers = [.. Enumerable.Range(0, 4).Select(index => Task.Run(() => Ask(query, (ulong)index)))];
        await Task.WhenAll(readers);
        await stop.CancelAsync();
        await writer;
    }

    private static void Ask(BpfQuery<ulong, WideValue> query, ulong remainder)
    {
        const ulong Stable = 2_000;
        for (int round = 0; round < 100; round++)
        {
            Assert.Equal(500, query.Where(element => element.Key < Stable && element.Key % 4 == remainder).Count());
            KeyValuePair<ulong, WideValue>[] found = query.Where(element => element.Key < Stable && element.Key % 4 == remainder).ToArray();
            Assert.Equal(500, found.Select(element => element.Key).Distinct().Count());
            Assert.All(found, element => Assert.Equal(remainder, element.Key % 4));
        }
    }

    /// <summary>Adds and removes other keys than those that the questions are about.</summary>
    private static void Churn(WideFlowMap map, CancellationToken stop)
    {
        for (ulong key = 10_000; !stop.IsCancellationRequested; key = key == 20_000 ? 10_000 : key + 1)
        {
            map.Set(key, default);
            map.Remove(key - 5 < 10_000 ? key : key - 5);
        }
    }
}
