using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class BpfHashMapTests
{
    [Fact]
    public void WrittenValue_IsFoundByEveryMethod()
    {
        using FlowsMap map = FlowsMap.Create();
        FlowKey key = new() { Address = 1, Port = 443 };
        map[key] = new() { Packets = 5, Flags = 1 };
        map.Set(new() { Address = 2 }, new() { Packets = 6 });

        Assert.Equal(5ul, map[key].Packets);
        Assert.True(map.TryGetValue(new() { Address = 2 }, out FlowStats found));
        Assert.Equal(6ul, found.Packets);
        Assert.True(map.ContainsKey(key));
        Assert.Equal(2, map.Count());
    }

    [Fact]
    public void Miss_IsFalseAndDefault_AndOnlyTheIndexerThrows()
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using CountersMap map = CountersMap.Create(4);
        Assert.False(map.TryGetValue(7, out ulong value));
        Assert.Equal(0ul, value);
        Assert.False(map.ContainsKey(7));
        Assert.False(map.Remove(7));
        Assert.False(map.TryRemove(7, out _));
        Assert.False(map.TryUpdate(7, 1));
        KeyNotFoundException problem = Assert.Throws<KeyNotFoundException>(() => map[7]);
        Assert.Contains("'counters' (Hash", problem.Message);
        Assert.Contains("7", problem.Message);
    }

    [Fact]
    public void MissingKeyWithoutText_IsReportedAsBytes()
    {
        using FlowsMap map = FlowsMap.Create();
        KeyNotFoundException problem = Assert.Throws<KeyNotFoundException>(() => map[new FlowKey { Address = 0x04030201, Port = 0x1122 }]);
        Assert.Contains("FlowKey 22 11 00 00 01 02 03 04", problem.Message);
    }

    [Fact]
    public void KeyAndValueInOneVariable_DoNotInterfere()
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Hash,
            Name = "links",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<uint>(),
        };
        using LinksMap map = new(schema.Create(null, TestHost.Current), schema);
        map.SetRange([1, 2], [2, 3]);
        uint at = 1;
        Assert.True(map.TryGetValue(at, out at));
        Assert.True(map.TryRemove(at, out at));
        Assert.Equal(3u, at);
        Assert.False(map.TryGetValue(at, out at));
        Assert.Equal(0u, at);
    }

    [Fact]
    public void AddAndUpdate_DependOnTheKeysPresence()
    {
        using CountersMap map = CountersMap.Create(4);
        Assert.True(map.TryAdd(1, 10));
        Assert.False(map.TryAdd(1, 11));
        Assert.Equal(10ul, map[1]);
        Assert.True(map.TryUpdate(1, 12));
        Assert.Equal(12ul, map[1]);
        Assert.Equal(BpfUpdateResult.AlreadyExists, map.Update(1, 0, BpfUpdateFlags.NoExist));
        Assert.Equal(BpfUpdateResult.NotFound, map.Update(2, 0, BpfUpdateFlags.Exist));
        Assert.Equal(BpfUpdateResult.Ok, map.Update(2, 20, BpfUpdateFlags.Any));
        Assert.Equal(20ul, map[2]);
    }

    [Fact]
    public void FullMap_ThrowsWithoutAnotherResult()
    {
        using CountersMap map = CountersMap.Create(2);
        map.SetRange([1, 2], [10, 20]);
        BpfMapFullException problem = Assert.Throws<BpfMapFullException>(() => map.Set(3, 30));
        Assert.Equal("counters", problem.MapName);
        Assert.Equal("E2BIG", problem.ErrnoName);
        Assert.Contains("holds 2 elements", problem.Message);
        Assert.Throws<BpfMapFullException>(() => map[3] = 30);
        Assert.Throws<BpfMapFullException>(() => map.TryAdd(3, 30));
        Assert.Equal(BpfUpdateResult.Full, map.Update(3, 30, BpfUpdateFlags.Any));
        map.Set(2, 21);
        Assert.Equal(21ul, map[2]);
    }

    [Fact]
    public void Remove_RemovesTheKeyAndReturnsItsValue()
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using CountersMap map = CountersMap.Create(4);
        map.SetRange([1, 2, 3], [10, 20, 30]);
        Assert.True(map.Remove(1));
        Assert.True(map.TryRemove(2, out ulong removed));
        Assert.Equal(20ul, removed);
        Assert.Equal([3u], map.Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(5000)]
    public void Enumeration_ReturnsEachElementOnce(int count)
    {
        using CountersMap map = CountersMap.Create(5000);
        map.SetRange(Enumerable.Range(0, count).Select(number => KeyValuePair.Create((uint)number, (ulong)number * 3)));

        Dictionary<uint, ulong> seen = [];
        foreach ((uint key, ulong value) in map)
            seen.Add(key, value);
        Assert.Equal(count, seen.Count);
        Assert.All(seen, element => Assert.Equal(element.Key * 3ul, element.Value));
        Assert.Equal(seen.Keys.Order(), map.Keys.Order());
        Assert.Equal(count, map.Count());

        uint[] keys = new uint[6000];
        ulong[] values = new ulong[6000];
        Assert.Equal(count, map.CopyTo(keys, values));
        Assert.Equal(seen, keys.Zip(values).Take(count).ToDictionary(pair => pair.First, pair => pair.Second));
        KeyValuePair<uint, ulong>[] pairs = new KeyValuePair<uint, ulong>[6000];
        Assert.Equal(count, map.CopyTo(pairs));
        Assert.Equal(seen, pairs.Take(count).ToDictionary());
    }

    [Fact]
    public void CopyToAShortSpan_FillsItAndStops()
    {
        using CountersMap map = CountersMap.Create(1000);
        map.SetRange(Enumerable.Range(0, 1000).Select(number => KeyValuePair.Create((uint)number, (ulong)number)));
        uint[] keys = new uint[101];
        ulong[] values = new ulong[101];
        Assert.Equal(101, map.CopyTo(keys, values));
        Assert.Equal(101, keys.Distinct().Count());
        Assert.Equal(keys.Select(key => (ulong)key), values);
        Assert.Equal(5, map.CopyTo(new KeyValuePair<uint, ulong>[5]));
        Assert.Throws<ArgumentException>(() => map.CopyTo(keys, new ulong[100]));
    }

    [Fact]
    public void Linq_ReadsTheMapOnEachEnumeration()
    {
        using CountersMap map = CountersMap.Create(100);
        map.SetRange(Enumerable.Range(1, 50).Select(number => KeyValuePair.Create((uint)number, (ulong)number)));
        Assert.Equal(1275, map.Sum(element => (long)element.Value));
        Assert.Equal([50u, 49u, 48u], map.OrderByDescending(element => element.Value).Take(3).Select(element => element.Key));
        Assert.Equal(50, map.ToDictionary().Count);
        IEnumerable<uint> even = map.Keys.Where(key => key % 2 == 0);
        Assert.Equal(25, even.Count());
        map.Remove(2);
        Assert.Equal(24, even.Count());
    }

    [Fact]
    public void SetRange_ReportsHowManyWereWritten()
    {
        using CountersMap map = CountersMap.Create(3);
        Assert.False(map.TrySetRange([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], out int written));
        Assert.Equal(3, written);
        Assert.Equal([1u, 2u, 3u], map.Keys.Order());
        Assert.Contains("3 of 4", Assert.Throws<BpfMapFullException>(() => map.SetRange([1, 2, 3, 9], [1, 2, 3, 9])).Message);
        Assert.Contains("3 elements", Assert.Throws<BpfMapFullException>(() => map.SetRange(map.Append(new(8, 8)))).Message);
        Assert.True(map.TrySetRange([], [], out written));
        Assert.Equal(0, written);
        Assert.Throws<ArgumentException>(() => map.SetRange([1], []));
    }

    [Fact]
    public void SetRangeOfPaddedValues_ReportsHowManyWereWrittenInAllChunks()
    {
        using FlowsMap map = FlowsMap.Create();
        FlowKey[] keys = [.. Enumerable.Range(0, 70).Select(number => new FlowKey { Address = (uint)number })];
        FlowStats[] values = [.. Enumerable.Range(0, 70).Select(number => new FlowStats { Packets = (ulong)number })];
        Assert.False(map.TrySetRange(keys, values, out int written));
        Assert.Equal(64, written);
        Assert.Equal(63ul, map[keys[63]].Packets);
        Assert.Equal(64, map.RemoveRange(keys));
        Assert.Equal(0, map.Count());
    }

    [Fact]
    public void RemoveRange_SkipsMissingKeys()
    {
        using CountersMap map = CountersMap.Create(10);
        map.SetRange([1, 2, 3, 4], [1, 2, 3, 4]);
        Assert.Equal(3, map.RemoveRange([9, 1, 8, 7, 2, 4, 4, 6]));
        Assert.Equal([3u], map.Keys);
        Assert.Equal(0, map.RemoveRange([]));
    }

    [Fact]
    public void Clear_RemovesEverything()
    {
        using CountersMap map = CountersMap.Create(3000);
        map.SetRange(Enumerable.Range(0, 3000).Select(number => KeyValuePair.Create((uint)number, 1ul)));
        map.Clear();
        Assert.Equal(0, map.Count());
        map.Clear();
    }

    [Fact]
    public void Drain_ReturnsAndRemovesEveryElement()
    {
        using CountersMap map = CountersMap.Create(3000);
        map.SetRange(Enumerable.Range(0, 3000).Select(number => KeyValuePair.Create((uint)number, (ulong)number)));
        BpfDrain<uint, ulong> drain = map.Drain();
        Assert.Equal(3000, map.Count());
        HashSet<uint> drained = [];
        foreach ((uint key, ulong value) in drain)
        {
            Assert.Equal(key, value);
            Assert.True(drained.Add(key));
        }
        Assert.Equal(3000, drained.Count);
        Assert.Equal(0, map.Count());
        Assert.Empty(map.Drain());
    }

    [Fact]
    public void LruMap_EvictsInsteadOfBeingFull()
    {
        using RecentMap map = RecentMap.Create();
        for (uint key = 0; key < 1000; key++)
            map[key] = key;
        int count = map.Count();
        Assert.InRange(count, 1, (int)map.Info.MaxEntries);
        Assert.All(map, element => Assert.Equal(element.Key, element.Value));
    }

    [Fact]
    public void ValuesLargerThanAStackCopy_AreReadBack()
    {
        using LargeValuesMap map = LargeValuesMap.Create();
        LargeValue value = new() { Kind = 3 };
        for (int index = 0; index < 255; index++)
            value.Data[index] = (ulong)(index * index);
        map[1] = value;
        map.SetRange([2, 3], [value, value]);
        Assert.Equal(3, map.Count());
        foreach ((_, LargeValue read) in map)
        {
            Assert.Equal(3, read.Kind);
            for (int index = 0; index < 255; index++)
                Assert.Equal((ulong)(index * index), read.Data[index]);
        }
    }

    [Fact]
    public void EnumeratorsBehaveAsDotNetExpects()
    {
        using CountersMap map = CountersMap.Create(10);
        map[1] = 1;
        BpfElementEnumerator<uint, ulong> enumerator = map.GetEnumerator();
        Assert.True(enumerator.MoveNext());
        Assert.False(enumerator.MoveNext());
        Assert.False(enumerator.MoveNext());
        enumerator.Dispose();
        enumerator.Dispose();
        Assert.False(enumerator.MoveNext());
        Assert.Throws<NotSupportedException>(() => ((System.Collections.IEnumerator)map.GetEnumerator()).Reset());
        Assert.Single(((System.Collections.IEnumerable)map).Cast<KeyValuePair<uint, ulong>>());
    }

    [Fact]
    public void CallsAfterDispose_ThrowObjectDisposed()
    {
        CountersMap map = CountersMap.Create(10);
        map.Dispose();
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.Set(1, 1));
        Assert.Throws<ObjectDisposedException>(() => map.TryGetValue(1, out _));
        Assert.Throws<ObjectDisposedException>(() => map.Count());
        Assert.Throws<ObjectDisposedException>(() => map.RemoveRange([1]));
        Assert.Throws<ObjectDisposedException>(() => map.SetRange([1], [1]));
    }

    private sealed class LinksMap(RawMap raw, BpfMapSchema schema) : BpfHashMap<uint, uint>(raw, schema);
}
