namespace BpfMaps.Tests;

/// <summary>Tests of cursors without support for batches.</summary>
public sealed class KeyWalkTests
{
    private const uint Elements = 20;

    [Theory]
    [InlineData(Errno.EINVAL, 1)]
    [InlineData(Errno.ENOTSUPP, 1)]
    [InlineData(Errno.ENOTSUPP, 7)]
    [InlineData(Errno.ENOTSUPP, 64)]
    public void HostWithoutBatches_IsWalkedKeyByKey(int errno, int chunk)
    {
        using RawMap map = WithoutBatches(errno);
        using BpfBatchCursor cursor = new(map, BpfBatchMode.Lookup, chunk, BpfLookupFlags.None, mayWalk: true);
        List<int> seen = [];
        while (cursor.MoveNext())
        {
            Assert.InRange(cursor.Count, 1, chunk);
            for (int index = 0; index < cursor.Count; index++)
            {
                seen.Add(BitConverter.ToInt32(cursor.GetKey(index)));
                Assert.Equal(TestMaps.Bytes(1), cursor.GetValue(index));
            }
        }

        Assert.Equal(Enumerable.Range(0, (int)Elements), seen.Order());
        Assert.Equal(Elements, cursor.TotalCount);
    }

    [Theory]
    [InlineData(Errno.EINVAL, 1)]
    [InlineData(Errno.ENOTSUPP, 1)]
    [InlineData(Errno.ENOTSUPP, 7)]
    [InlineData(Errno.ENOTSUPP, 64)]
    public void HostWithoutBatches_IsDrainedKeyByKey(int errno, int chunk)
    {
        using RawMap map = WithoutBatches(errno);
        using BpfBatchCursor cursor = new(map, BpfBatchMode.LookupAndDelete, chunk, BpfLookupFlags.None, mayWalk: true);
        List<int> seen = [];
        while (cursor.MoveNext())
        {
            for (int index = 0; index < cursor.Count; index++)
            {
                seen.Add(BitConverter.ToInt32(cursor.GetKey(index)));
                Assert.Equal(TestMaps.Bytes(1), cursor.GetValue(index));
            }
        }

        Assert.Equal(Enumerable.Range(0, (int)Elements), seen.Order());
        Assert.False(map.TryGetNextKey([], new byte[4]), "A key remains.");
    }

    [Fact]
    public void TrieWithoutDeletingBatches_IsDrainedKeyByKey()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8, maxEntries: Elements);
        TestMaps.Fill(map, Elements);
        using BpfBatchCursor cursor = new(map, BpfBatchMode.LookupAndDelete, 7, BpfLookupFlags.None, mayWalk: true);
        long total = 0;
        while (cursor.MoveNext())
            total += cursor.Count;
        Assert.Equal(Elements, total);
        Assert.Empty(map.Keys);
    }

    [Fact]
    public void EmptyMap_EndsImmediately()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, host: new NoBatchesHost());
        using BpfBatchCursor cursor = new(map, BpfBatchMode.Lookup, 7, BpfLookupFlags.None, mayWalk: true);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void KeysThatCannotBeRemoved_ThrowOnce()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array);
        using BpfBatchCursor cursor = new(map, BpfBatchMode.LookupAndDelete, 7, BpfLookupFlags.None, mayWalk: true);
        var refusal = Assert.Throws<BpfException>(() => cursor.MoveNext());
        Assert.Equal(("BPF_MAP_DELETE_ELEM", Errno.EINVAL), (refusal.Command, refusal.Errno));
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void MapDisposedDuringTheWalk_ThrowsOnce()
    {
        RawMap map = WithoutBatches();
        using BpfBatchCursor cursor = new(map, BpfBatchMode.Lookup, 7, BpfLookupFlags.None, mayWalk: true);
        Assert.True(cursor.MoveNext());
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void KeysRemovedDuringTheWalk_DoNotEndIt()
    {
        using RawMap map = WithoutBatches();
        using BpfBatchCursor cursor = new(map, BpfBatchMode.Lookup, 1, BpfLookupFlags.None, mayWalk: true);
        int steps = 0;
        while (cursor.MoveNext())
        {
            // The current key of the walk is removed, so the next step restarts at the first key.
            Assert.True(map.Delete(cursor.GetKey(0)));
            steps++;
        }

        Assert.Equal((int)Elements, steps);
    }

    [Fact]
    public void MapRefilledDuringTheWalk_EndsTheWalk()
    {
        using RawMap map = WithoutBatches();
        using BpfBatchCursor cursor = new(map, BpfBatchMode.LookupAndDelete, 1, BpfLookupFlags.None, mayWalk: true);
        long steps = 0;
        while (cursor.MoveNext())
        {
            Assert.Equal(BpfUpdateResult.Ok, map.Update(cursor.GetKey(0), TestMaps.Bytes(1)));
            steps++;
        }

        Assert.InRange(steps, Elements, (2 * map.MaxEntries) + 1);
    }

    [Fact]
    public void KeysWithLargeValues_AreWalkedKeyByKey()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, valueSize: 8192, maxEntries: Elements);
        TestMaps.Fill(map, Elements);
        Assert.Equal(Enumerable.Range(0, (int)Elements), map.Keys.Select(key => BitConverter.ToInt32(key)).Order());
    }

    /// <summary>Creates a full hash, with all values 1, of a host that fails batches with an error number.</summary>
    private static RawMap WithoutBatches(int errno = Errno.ENOTSUPP)
    {
        RawMap map = TestMaps.Create(BpfMapType.Hash, valueSize: 4, maxEntries: Elements, host: new NoBatchesHost(errno));
        for (int number = 0; number < Elements; number++)
            Assert.Equal(BpfUpdateResult.Ok, map.Update(TestMaps.Bytes(number), TestMaps.Bytes(1)));
        return map;
    }
}
