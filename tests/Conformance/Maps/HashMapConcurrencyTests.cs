namespace BpfMaps.Tests;

public sealed class HashMapConcurrencyTests
{
    private const uint Stable = 500;

    [Fact]
    public async Task KeysThatStay_AreSeenExactlyOnce_WhileOthersComeAndGo()
    {
        using CountersMap map = CountersMap.Create(4096);
        map.SetRange(Enumerable.Range(0, (int)Stable).Select(number => KeyValuePair.Create((uint)number, 1ul)));

        using CancellationTokenSource stop = new();
        Task writer = Task.Run(
            () =>
            {
                for (uint round = 0; !stop.IsCancellationRequested; round++)
                {
                    uint key = Stable + round % 2000;
                    map.Set(key, round);
                    map.Remove(Stable + (round + 1000) % 2000);
                }
            },
            TestContext.Current.CancellationToken
        );

        for (int walk = 0; walk < 100; walk++)
        {
            int[] seen = new int[Stable];
            foreach ((uint key, _) in map)
            {
                if (key < Stable)
                    seen[key]++;
            }
            Assert.All(seen, times => Assert.Equal(1, times));
        }
        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public async Task DrainDuringConcurrentAdds_LosesNothing()
    {
        const uint Total = 20_000;
        using CountersMap map = CountersMap.Create(Total);
        Task writer = Task.Run(
            () =>
            {
                for (uint key = 0; key < Total; key++)
                    map.Set(key, key);
            },
            TestContext.Current.CancellationToken
        );

        HashSet<uint> drained = [];
        while (!writer.IsCompleted)
            DrainOnce();
        await writer;
        DrainOnce();
        Assert.Equal(Total, (uint)drained.Count);
        Assert.Equal(0, map.Count());

        void DrainOnce()
        {
            foreach ((uint key, ulong value) in map.Drain())
            {
                Assert.Equal(key, value);
                Assert.True(drained.Add(key), $"key {key} was drained twice");
            }
        }
    }

    [Fact]
    public async Task DisposalDuringAWalk_EndsTheWalk()
    {
        CountersMap map = CountersMap.Create(10_000);
        map.SetRange(Enumerable.Range(0, 10_000).Select(number => KeyValuePair.Create((uint)number, 1ul)));
        Task walker = Task.Run(
            () =>
            {
                while (true)
                    map.Count();
            },
            TestContext.Current.CancellationToken
        );
        map.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => walker);
    }
}
