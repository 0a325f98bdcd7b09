namespace BpfMaps.Tests;

public sealed class BpfHashOfMapsTests
{
    private static readonly FlowKey s_key = new() { Port = 80, Address = 1 };

    public BpfHashOfMapsTests() => Require.Kernel();

    [Fact]
    public void Key_ReturnsItsMap()
    {
        using TenantsMap tenants = TenantsMap.Create();
        using HitsMap hits = HitsMap.Create(10);
        using HitsMap more = HitsMap.Create(10_000);
        hits[1] = 42;
        Assert.False(tenants.TryGet(s_key, out _));
        Assert.False(tenants.TryGetId(s_key, out _));
        Assert.False(tenants.ContainsKey(s_key));
        Assert.False(tenants.TryUpdate(s_key, hits));
        Assert.True(tenants.TryAdd(s_key, hits));
        Assert.False(tenants.TryAdd(s_key, more));
        Assert.True(tenants.ContainsKey(s_key));
        Assert.True(tenants.TryGet(s_key, out HitsMap? opened));
        using (opened)
            Assert.Equal(42ul, opened[1]);

        Assert.True(tenants.TryUpdate(s_key, more));
        Assert.True(tenants.TryGetId(s_key, out uint id));
        Assert.Equal(more.Info.Id, id);
        tenants.Set(s_key, hits);
        Assert.Equal(BpfUpdateResult.AlreadyExists, tenants.Update(s_key, more, BpfUpdateFlags.NoExist));
        Assert.Equal([KeyValuePair.Create(s_key, hits.Info.Id)], tenants);
        Assert.True(tenants.Remove(s_key));
        Assert.False(tenants.Remove(s_key));
        Assert.Empty(tenants);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(30, false)]
    public void ManyKeys_AreWrittenWalkedAndCleared(int count, bool hasBatches)
    {
        // Old kernels wait at each lookup and each update until no program uses the map. The first two batches have 64 and 256 elements.
        count = SequenceCount.IsSet ? Math.Min(count, 70) : count;
        BpfHost host = hasBatches ? BpfHost.Kernel : new NoBatchesHost();
        using TenantsMap tenants = TenantsMap.Create(host);
        using HitsMap even = HitsMap.Create(10, host);
        using HitsMap odd = HitsMap.Create(10, host);
        FlowKey[] keys = [.. Enumerable.Range(0, count).Select(number => new FlowKey { Address = (uint)number, Port = 9 })];
        tenants.SetRange(keys, [.. keys.Select(key => key.Address % 2 == 0 ? even : odd)]);
        Assert.Equal(count, tenants.Count());
        Assert.Equal(keys, tenants.Keys.OrderBy(key => key.Address));
        Assert.All(tenants, element => Assert.Equal((element.Key.Address % 2 == 0 ? even : odd).Info.Id, element.Value));
        Assert.Equal(10, tenants.RemoveRange(keys.AsSpan(0, 10)));
        Assert.Equal(count - 10, tenants.Count());
        tenants.Clear();
        Assert.Empty(tenants);
    }

    [Fact]
    public void FullHash_ThrowsBpfMapFullException()
    {
        using NumberedTenantsMap tenants = NumberedTenantsMap.Create();
        using HitsMap hits = HitsMap.Create(10);
        BpfMapFullException problem = Assert.Throws<BpfMapFullException>(() => tenants.SetRange([1u, 2u, 3u], [hits, hits, hits]));
        Assert.Contains("2 of 3 elements were written.", problem.Message, StringComparison.Ordinal);
        Assert.Throws<BpfMapFullException>(() => tenants.Set(3, hits));
        Assert.Throws<BpfMapFullException>(() => tenants.TryAdd(3, hits));
        Assert.Equal(BpfUpdateResult.Full, tenants.Update(3, hits, BpfUpdateFlags.Any));
    }

    [Fact]
    public void RangesOfDifferentLengths_AreRejected()
    {
        using NumberedTenantsMap tenants = NumberedTenantsMap.Create();
        using HitsMap hits = HitsMap.Create(10);
        Assert.Contains(
            "2 keys and 1 maps",
            Assert.Throws<ArgumentException>(() => tenants.SetRange([1u, 2u], [hits])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "1 keys and 2 maps",
            Assert.Throws<ArgumentException>(() => tenants.SetRange([1u], [hits, hits])).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(tenants);
    }

    [Fact]
    public void KeyAndId_MayBeOneVariable()
    {
        using NumberedTenantsMap tenants = NumberedTenantsMap.Create();
        using HitsMap hits = HitsMap.Create(10);
        tenants.Set(1234, hits);
        uint number = 1234;
        Assert.True(tenants.TryGetId(in number, out number));
        Assert.Equal(hits.Info.Id, number);
    }

    [Fact]
    public void GarbageInTheKeyPadding_DoesNotChangeTheKey()
    {
        using TenantsMap tenants = TenantsMap.Create();
        using HitsMap hits = HitsMap.Create(10);
        FlowKey dirty = default;
        Garbage.Fill(ref dirty, 0xA5);
        (dirty.Port, dirty.Address) = (s_key.Port, s_key.Address);
        tenants.Set(in dirty, hits);
        Assert.True(tenants.ContainsKey(in s_key));
        Assert.False(tenants.TryAdd(in dirty, hits));
        Assert.True(tenants.TryGetId(in dirty, out _));
        Assert.True(tenants.TryGet(in dirty, out HitsMap? opened));
        opened.Dispose();
        tenants.SetRange([dirty], [hits]);
        Assert.Equal(1, tenants.Count());
        Assert.True(tenants.Remove(in dirty));
    }

    [Fact]
    public void InnerMapOfAnotherShape_IsRejectedWithTheDifferences()
    {
        using TenantsMap tenants = TenantsMap.Create();
        using RawMap raw = TestMaps.Create(BpfMapType.Hash, maxEntries: 10, flags: BpfMapFlags.NoPrealloc, name: "lazy");
        HitsMap lazy = HitsMap.FromRaw(raw);
        BpfException refusal = Assert.Throws<BpfException>(() => tenants.Set(s_key, lazy));
        Assert.EndsWith(
            "It does not match the declaration of the inner maps 'hits' (Hash): it was created with flags NoPrealloc, but None were declared.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }
}
