namespace BpfMaps.Tests;

/// <summary>Several threads use a query while others write to the map.</summary>
public sealed class ConcurrencyTests
{
    private static readonly int s_rounds = SequenceCount.IsSet ? 4 : 100;

    [Fact]
    public async Task Questions_OfSeveralThreads_DoNotDisturbEachOther()
    {
        Require.Feature(KernelFeature.QueriesOfUnallocatedHashes);
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

    /// <summary>Elements that do not fulfill the condition are not removed, whatever other threads write.</summary>
    [Theory]
    [InlineData(BpfQueryExecution.KernelOnly)]
    [InlineData(BpfQueryExecution.UserSpaceOnly)]
    public async Task Remove_BesideWriters_RemovesNothingElse(BpfQueryExecution execution)
    {
        if (execution == BpfQueryExecution.KernelOnly)
            Require.Feature(KernelFeature.Queries);
        Require.Kernel();
        using FlowMap map = FlowMap.Create();
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(execution);
        const uint Fresh = 2_000;
        int stale = 0;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task[] writers =
        [
            Task.Run(() => WriteFresh(map, Fresh, stop.Token), TestContext.Current.CancellationToken),
            Task.Run(() => stale = WriteStale(map, stop.Token), TestContext.Current.CancellationToken),
        ];

        long removed = 0;
        for (int round = 0; round < s_rounds; round++)
            removed += query.Where(flow => flow.Value.Bytes < 1_000).Remove();
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        for (long last = 1; last != 0; removed += last)
            last = query.Where(flow => flow.Value.Bytes < 1_000).Remove();

        Assert.Equal((long)Fresh, map.Count());
        Assert.All(map, flow => Assert.True(flow.Value.Bytes >= 1_000));
        Assert.Equal(stale, removed);
    }

    /// <summary>The elements of an array do not move, so all are found whatever is written.</summary>
    [Fact]
    public async Task Where_BesideWriters_FindsEachElementOfAnArrayOnce()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowArrayMap map = FlowArrayMap.Create();
        using BpfQuery<int, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task writer = Task.Run(
            () =>
            {
                for (ulong round = 1; !stop.IsCancellationRequested; round++)
                {
                    for (int index = 0; index < map.Length; index++)
                        map[index] = new() { Bytes = round };
                }
            },
            TestContext.Current.CancellationToken
        );

        ulong least = 0;
        for (int round = 0; round < s_rounds; round++)
        {
            Assert.Equal(Enumerable.Range(0, map.Length), query.Where(flow => flow.Value.Packets == 0).ToArray().Select(flow => flow.Key));
            ulong smallest = query.Min(flow => flow.Value.Bytes);
            Assert.True(smallest >= least, $"The smallest number was {least}, and then {smallest}.");
            least = smallest;
        }
        await stop.CancelAsync();
        await writer;
    }

    /// <summary>Questions that run end normally; later ones throw, and nothing else happens.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposal_WhileOthersAsk_EndsThem(bool isMap)
    {
        Require.Feature(KernelFeature.Queries);
        for (int round = 0; round < Math.Max(s_rounds / 5, 1); round++)
        {
            using FlowMap map = FlowMap.Create();
            map.SetRange(
                [.. Enumerable.Range(0, 3_000).Select(static address => new Flow.Key { Address = (uint)address })],
                new Flow[3_000]
            );
            using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
            using CountdownEvent started = new(3);
            Task[] askers =
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(index => Task.Run(() => AskUntilDisposed(query, index, started), TestContext.Current.CancellationToken)),
            ];
            started.Wait(TestContext.Current.CancellationToken);

            if (isMap)
                map.Dispose();
            else
                query.Dispose();

            await Task.WhenAll(askers);
        }
    }

    private static void AskUntilDisposed(BpfQuery<Flow.Key, Flow> query, int index, CountdownEvent started)
    {
        Flow.Key[] keys = [.. Enumerable.Range(0, 1_000).Select(static address => new Flow.Key { Address = (uint)address })];
        bool hasStarted = false;
        try
        {
            while (true)
            {
                int found = index switch
                {
                    0 => query.Where(flow => flow.Value.Bytes == 0).ToArray().Length / 3,
                    1 => query.GetValues(keys, new Flow[keys.Length], new bool[keys.Length]),
                    _ => query.Top(1_000, flow => flow.Value.Bytes).Length,
                };
                Assert.Equal(1_000, found);
                if (!hasStarted)
                    started.Signal();
                hasStarted = true;
            }
        }
        catch (ObjectDisposedException)
        {
            Assert.True(hasStarted, "The query was disposed before it was.");
        }
    }

    private static void WriteFresh(FlowMap map, uint count, CancellationToken stop)
    {
        do
        {
            for (uint address = 0; address < count; address++)
                map.Set(new() { Address = address }, new() { Bytes = 1_000 + address });
        } while (!stop.IsCancellationRequested);
    }

    /// <returns>The number of added elements.</returns>
    private static int WriteStale(FlowMap map, CancellationToken stop)
    {
        const uint Different = 10_000;
        int added = 0;
        for (uint number = 0; !stop.IsCancellationRequested; number++)
            added += map.TryAdd(new() { Address = 1_000_000 + (number % Different) }, new() { Bytes = number % 1_000 }) ? 1 : 0;
        return added;
    }

    private static void Ask(BpfQuery<ulong, WideValue> query, ulong remainder)
    {
        const ulong Stable = 2_000;
        for (int round = 0; round < s_rounds; round++)
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
