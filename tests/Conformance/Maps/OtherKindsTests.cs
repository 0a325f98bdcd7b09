using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class BpfLpmTrieMapTests
{
    [Fact]
    public void Lookup_FindsTheLongestMatchingPrefix()
    {
        using RoutesMap routes = RoutesMap.Create();
        routes.Set(LpmKey.Parse("10.0.0.0/8"), 8);
        routes.Set(LpmKey.Parse("10.1.0.0/16"), 16);
        routes.Set(LpmKey.Parse("10.1.2.3"), 32);

        Assert.Equal(8u, Match(routes, "10.9.9.9"));
        Assert.Equal(16u, Match(routes, "10.1.9.9"));
        Assert.Equal(32u, Match(routes, "10.1.2.3"));
        Assert.False(routes.TryMatch(new Be32(0x0B000000), out uint value));
        Assert.Equal(0u, value);
        Assert.True(routes.TryMatch(LpmKey.Parse("10.1.0.0/17"), out value));
        Assert.Equal(16u, value);
        Assert.False(routes.TryMatch(LpmKey.Parse("10.0.0.0/7"), out _));
        routes.Set(LpmKey.Parse("0.0.0.0/0"), 0);
        Assert.True(routes.TryMatch(new Be32(0x0B000000), out _));
    }

    [Fact]
    public void WritesAndRemovals_UseTheExactPrefix()
    {
        TestHost.RequireFeature(KernelFeature.TrieFlags);
        using RoutesMap routes = RoutesMap.Create();
        LpmKey<Be32> key = LpmKey.Parse("10.0.0.0/8");
        Assert.True(routes.TryAdd(key, 1));
        Assert.False(routes.TryAdd(key, 2));
        Assert.True(routes.TryUpdate(key, 3));
        Assert.False(routes.TryUpdate(LpmKey.Parse("10.0.0.0/9"), 3));
        Assert.False(routes.Remove(LpmKey.Parse("10.0.0.0/9")));
        Assert.Equal(3u, Match(routes, "10.0.0.1"));
        Assert.True(routes.Remove(key));
        Assert.False(routes.TryMatch(key, out _));
    }

    [Fact]
    public void Walk_ReturnsEveryPrefixOnce()
    {
        using RoutesMap routes = RoutesMap.Create();
        Dictionary<LpmKey<Be32>, uint> expected = [];
        for (uint number = 0; number < 100; number++)
            expected.Add(new LpmKey<Be32>(16 + number % 16, 0x0A000000 + (number << 16)), number);
        routes.SetRange(expected);
        Assert.Equal(100, routes.Count());
        Assert.Equivalent(expected, routes.ToDictionary());
        Assert.Equal(expected.Keys.ToHashSet(), routes.Keys.ToHashSet());
        Assert.Equal(50, routes.RemoveRange([.. expected.Keys.Take(50)]));
        routes.Clear();
        Assert.Equal(0, routes.Count());
        Assert.Empty(routes);
    }

    [Fact]
    public void FullTrie_ThrowsBpfMapFullException()
    {
        using RoutesMap routes = RoutesMap.Create();
        for (uint number = 0; number < 100; number++)
            routes.Set(new LpmKey<Be32>(number), number);
        BpfMapFullException problem = Assert.Throws<BpfMapFullException>(() => routes.Set(LpmKey.Parse("10.0.0.0/8"), 1));
        Assert.Equal("ENOSPC", problem.ErrnoName);
    }

    private static uint Match(RoutesMap routes, string address)
    {
        Assert.True(routes.TryMatch(LpmKey.Parse(address).Data, out uint value));
        return value;
    }
}

public sealed class TypedKeylessMapTests
{
    [Fact]
    public void Queue_ReturnsTheOldestFirst()
    {
        using JobsMap jobs = JobsMap.Create();
        Assert.False(jobs.TryPeek(out FlowStats job));
        Assert.Equal(default, job);
        Assert.False(jobs.TryDequeue(out _));
        for (ulong number = 1; number <= 3; number++)
            Assert.True(jobs.TryEnqueue(new() { Packets = number }));
        Assert.False(jobs.TryEnqueue(new() { Packets = 4 }));
        jobs.EnqueueDroppingOldest(new() { Packets = 5 });

        Assert.True(jobs.TryPeek(out job));
        Assert.Equal(2ul, job.Packets);
        List<ulong> popped = [];
        while (jobs.TryDequeue(out job))
            popped.Add(job.Packets);
        Assert.Equal([2ul, 3ul, 5ul], popped);
    }

    [Fact]
    public void Stack_ReturnsTheNewestFirst()
    {
        using UndoMap undo = UndoMap.Create();
        for (uint number = 1; number <= 3; number++)
            Assert.True(undo.TryPush(number));
        Assert.False(undo.TryPush(4));
        undo.PushDroppingOldest(5);
        Assert.True(undo.TryPeek(out uint top));
        Assert.Equal(5u, top);
        List<uint> popped = [];
        while (undo.TryPop(out uint number))
            popped.Add(number);
        Assert.Equal([5u, 3u, 2u], popped);
    }

    [Fact]
    public void BloomFilter_KnowsWhatWasAdded_AndLittleElse()
    {
        TestHost.RequireFeature(KernelFeature.BloomFilters);
        using SeenMap seen = SeenMap.Create();
        for (uint number = 0; number < 500; number++)
            seen.Add(new() { Address = number });
        for (uint number = 0; number < 500; number++)
            Assert.True(seen.MayContain(new() { Address = number }));
        int mistaken = Enumerable.Range(1000, 1000).Count(number => seen.MayContain(new() { Address = (uint)number }));
        Assert.InRange(mistaken, 0, 200);
    }

    [Fact]
    public void HashFunctionsOfABloomFilter_AreThoseOfTheSchema()
    {
        TestHost.RequireFeature(KernelFeature.BloomFilters);
        BpfMapSchema three = Seen(3),
            five = Seen(5),
            any = Seen(null);
        using RawMap of3 = three.Create(null, TestHost.Current),
            usual = any.Create(null, TestHost.Current);
        Assert.Equal(3u, of3.Info.MapExtra);
        foreach ((BpfMapSchema fits, RawMap map) in new[] { (three, of3), (any, of3), (five, usual), (any, usual), (Seen(0), usual) })
            Assert.Same(map, fits.Validate(map));
        Assert.Equal(["map_extra is 3, but 5 was declared"], Assert.Throws<BpfMapMismatchException>(() => five.Validate(of3)).Differences);
        Assert.Equal(
            ["map_extra is 5, but 3 was declared"],
            Assert.Throws<BpfMapMismatchException>(() => three.Validate(usual)).Differences
        );
    }

    private static BpfMapSchema Seen(ulong? hashFunctions) =>
        new()
        {
            Type = BpfMapType.BloomFilter,
            Name = "seen",
            MaxEntries = 100,
            Value = BpfTypeLayout.Of<uint>(),
            MapExtra = hashFunctions,
        };
}
