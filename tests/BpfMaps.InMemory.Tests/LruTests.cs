namespace BpfMaps.Tests;

/// <summary>Tests of the elements that a full LRU map evicts.</summary>
public sealed class LruTests
{
    private readonly InMemoryBpfHost _host = new([0, 3]);

    [Fact]
    public void FullMap_EvictsTheElementWrittenFirst()
    {
        using Recent recent = Recent.Create(host: _host);
        Fill(recent, 1, 2, 3, 4, 5, 6);
        Assert.Equal([3u, 4, 5, 6], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void UpdatedElement_IsKept()
    {
        using Recent recent = Recent.Create(host: _host);
        Fill(recent, 1, 2, 3, 4, 1, 5);
        Assert.Equal([1u, 3, 4, 5], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void ElementLookedUpByAProgram_IsKeptAndOneLookedUpByUserSpaceIsNot()
    {
        using Recent recent = Recent.Create(host: _host);
        Fill(recent, 1, 2, 3, 4);
        Assert.True(_host.AsProgram().TryLookup("recent", 1u, out ulong _));
        Assert.True(recent.TryGetValue(2, out _));
        Fill(recent, 5);
        Assert.Equal([1u, 3, 4, 5], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void ElementChangedByAProgram_IsKept()
    {
        using Recent recent = Recent.Create(host: _host);
        Fill(recent, 1, 2, 3, 4);
        Assert.True(_host.AsProgram().Modify("recent", 1u, (ref ulong count) => count++));
        Fill(recent, 5);
        Assert.Equal([1u, 3, 4, 5], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void RemovedElement_MakesRoom()
    {
        using Recent recent = Recent.Create(host: _host);
        Fill(recent, 1, 2, 3, 4);
        Assert.True(recent.Remove(2));
        Fill(recent, 5);
        Assert.Equal([1u, 3, 4, 5], recent.Keys.Order().ToArray());
        Fill(recent, 6);
        Assert.Equal([3u, 4, 5, 6], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void UpdateOfAnExistingKey_EvictsNothing()
    {
        using Recent recent = Recent.Create(host: _host);
        Fill(recent, 1, 2, 3, 4);
        Assert.False(recent.TryAdd(1, 9));
        Assert.False(recent.TryUpdate(9, 9));
        Assert.Equal([1u, 2, 3, 4], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void ListPerCpu_EvictsOnlyElementsOfItsCpu()
    {
        using RecentByCpu recent = RecentByCpu.Create(host: _host);
        _host.CurrentCpu = 3;
        Fill(recent, 100);
        _host.CurrentCpu = 0;
        Fill(recent, 1, 2, 3, 4, 5);
        Assert.Equal([2u, 3, 4, 5, 100], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void ElementUpdatedOnAnotherCpu_MovesToThatCpusList()
    {
        using RecentByCpu recent = RecentByCpu.Create(host: _host);
        Fill(recent, 1, 2, 3, 4);
        InMemoryProgram other = _host.AsProgram(cpu: 3);
        other.Update("recent_by_cpu", 1u, 1ul);
        Fill(recent, 5);
        Assert.Equal([1u, 2, 3, 4, 5], recent.Keys.Order().ToArray());
        for (uint key = 10; key < 14; key++)
            other.Update("recent_by_cpu", key, 1ul);
        Assert.Equal([2u, 3, 4, 5, 10, 11, 12, 13], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void ElementThatMovesToAFullList_EvictsThere()
    {
        using RecentByCpu recent = RecentByCpu.Create(host: _host);
        Fill(recent, 1, 2);
        _host.CurrentCpu = 3;
        Fill(recent, 10, 11, 12, 13, 1);
        Assert.Equal([1u, 2, 11, 12, 13], recent.Keys.Order().ToArray());
    }

    [Fact]
    public void CapacityOfListsPerCpu_IsRoundedUp()
    {
        using RawMap map = RawMap.Create(
            new()
            {
                Type = BpfMapType.LruHash,
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 7,
                Flags = BpfMapFlags.NoCommonLru,
            },
            new InMemoryBpfHost(possibleCpuCount: 3)
        );
        Assert.Equal(9u, map.MaxEntries);
    }

    private static void Fill(BpfHashMap<uint, ulong> map, params ReadOnlySpan<uint> keys)
    {
        foreach (uint key in keys)
            map[key] = key;
    }
}
