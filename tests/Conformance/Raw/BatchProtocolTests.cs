namespace BpfMaps.Tests;

/// <summary>Tests of the rules of batch commands.</summary>
public sealed class BatchProtocolTests
{
    private const uint Elements = 64;

    public static TheoryData<BpfMapType> Hashes => [BpfMapType.Hash, BpfMapType.LruHash, BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash];

    public static TheoryData<BpfMapType> Readable =>
        [.. Hashes.Select(row => row.Data), BpfMapType.Array, BpfMapType.PerCpuArray, BpfMapType.LpmTrie];

    /// <summary>All map types that support reading in batches, and whether the elements are removed.</summary>
    public static TheoryData<BpfMapType, bool> Reads
    {
        get
        {
            TheoryData<BpfMapType, bool> data = [];
            foreach (BpfMapType type in Readable.Select(row => row.Data))
                data.Add(type, false);
            foreach (BpfMapType type in Hashes.Select(row => row.Data))
                data.Add(type, true);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Batches_ReturnEveryElementOnceAndEndWithEnoent(BpfMapType type, bool remove)
    {
        using RawMap map = Full(type);
        BatchCall batch = new(map);
        HashSet<string> seen = [];
        int errno = Errno.Ok;
        for (uint room = 16; errno != Errno.ENOENT; room = errno == Errno.ENOSPC ? 2 * room : room)
        {
            (errno, uint count) = batch.Read(room, remove);
            Assert.Contains(errno, (int[])[Errno.Ok, Errno.ENOENT, Errno.ENOSPC]);
            Assert.InRange(count, errno == Errno.Ok ? 1u : 0u, errno == Errno.ENOSPC ? 0u : room);
            for (int index = 0; index < count; index++)
                Assert.True(seen.Add(Convert.ToHexString(batch.Key(index))), "A key was returned twice.");
        }

        Assert.Equal((int)Elements, seen.Count);
        Assert.Equal(remove ? 0 : (int)Elements, map.Keys.Count());
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void LargeBatch_ReturnsEverythingWithEnoent(BpfMapType type, bool remove)
    {
        using RawMap map = Full(type);
        Assert.Equal((Errno.ENOENT, Elements), new BatchCall(map).Read(2 * Elements, remove));
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public void BatchAfterTheLastBucket_FailsWithEnoentAndReturnsNothing(BpfMapType type)
    {
        using RawMap map = Full(type);
        BatchCall batch = new(map);
        Assert.Equal((Errno.ENOENT, Elements), batch.Read(2 * Elements));
        Assert.Equal((Errno.ENOENT, 0u), batch.Read(2 * Elements));
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PerCpuArray)]
    [InlineData(BpfMapType.LpmTrie)]
    public void MapReadExactlyToItsEnd_IsOkAndThenFailsWithEnoent(BpfMapType type)
    {
        using RawMap map = Full(type);
        BatchCall batch = new(map);
        Assert.Equal((Errno.Ok, Elements), batch.Read(Elements));
        Assert.Equal((Errno.ENOENT, 0u), batch.Read(Elements));
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PerCpuArray)]
    [InlineData(BpfMapType.LpmTrie)]
    public void PositionOfAMapTypeWithoutBuckets_IsTheLastKey(BpfMapType type)
    {
        using RawMap map = Full(type);
        BatchCall batch = new(map);
        Assert.Equal((Errno.Ok, 5u), batch.Read(5));
        Assert.Equal(batch.Key(4), batch.Position);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void EmptyMap_FailsWithEnoentAndReturnsNothing(BpfMapType type, bool remove)
    {
        using RawMap map = Create(type);
        bool isNeverEmpty = type is BpfMapType.Array or BpfMapType.PerCpuArray;
        Assert.Equal((Errno.ENOENT, isNeverEmpty ? Elements : 0u), new BatchCall(map).Read(2 * Elements, remove));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void BatchOfSizeZero_IsOkAndReturnsNothing(BpfMapType type, bool remove)
    {
        using RawMap map = Full(type);
        Assert.Equal((Errno.Ok, 0u), new BatchCall(map).Read(0, remove));
        Assert.Equal((int)Elements, map.Keys.Count());
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public void BucketLargerThanTheBatch_FailsWithEnospcAndKeepsThePosition(BpfMapType type)
    {
        // With as many keys as buckets, chance puts several keys into one bucket, which does not fit a batch of one.
        using RawMap map = Full(type);
        BatchCall batch = new(map);
        uint seen = 0,
            errors = 0;
        (int Errno, uint Count) answer = (Errno.Ok, 0);
        while (answer.Errno != Errno.ENOENT)
        {
            byte[] before = batch.Position;
            answer = batch.Read(1);
            seen += answer.Count;
            if (answer.Errno != Errno.ENOSPC)
                continue;

            errors++;
            Assert.Equal(0u, answer.Count);
            Assert.Equal(-1, batch.Keys.Span.IndexOfAnyExcept((byte)0));
            Assert.Equal(before, batch.Position);
            answer = batch.Read(Elements);
            seen += answer.Count;
            Assert.InRange(answer.Count, 2u, Elements);
        }

        Assert.Equal(Elements, seen);
        Assert.NotEqual(0u, errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    public void Keys_AreContiguousAndThePositionHasAtLeastFourBytes(int keySize)
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, keySize: keySize, maxEntries: Elements);
        TestMaps.Fill(map, 20);
        BatchCall batch = new(map);
        Assert.Equal((Errno.ENOENT, 20u), batch.Read(Elements));
        Assert.Equal(Enumerable.Range(0, 20), Enumerable.Range(0, 20).Select(index => (int)batch.Key(index)[0]).Order());
        Assert.All(Enumerable.Range(0, 20), index => Assert.Equal(TestMaps.Value(map, batch.Key(index)[0]), batch.Value(index)));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void FlagsOfAReadingBatch_FailWithEinval(BpfMapType type, bool remove)
    {
        using RawMap map = Full(type);
        ulong[] wrong = OtherKernel.Refused(type, 1, 2, (ulong)BpfLookupFlags.Lock, 8, 1UL << 40);
        Assert.All(wrong, flags => Assert.Equal(Errno.EINVAL, new BatchCall(map).Read(Elements, remove, flags).Errno));
        Assert.Equal((int)Elements, map.Keys.Count());
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void FlagsOfAWritingBatch_FailWithEinval(BpfMapType type)
    {
        using RawMap map = Create(type);
        byte[] key = TestMaps.KeyOf(map, 0),
            value = TestMaps.Value(map, 7);
        TestMaps.Put(map, key, 3);
        ulong[] wrong = OtherKernel.Refused(
            type,
            (ulong)BpfUpdateFlags.NoExist,
            (ulong)BpfUpdateFlags.Exist,
            (ulong)BpfUpdateFlags.Lock,
            8,
            1UL << 40
        );
        Assert.All(wrong, flags => Assert.Equal(Errno.EINVAL, BatchCall.Update(map, key, value, flags).Errno));
        Assert.Equal(3u, TestMaps.Get(map, key));
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    [InlineData(BpfMapType.LpmTrie)]
    public void FlagsOfADeletingBatch_FailWithEinval(BpfMapType type)
    {
        using RawMap map = Full(type);
        byte[] key = TestMaps.KeyOf(map, 0);
        ulong[] wrong = [1, 2, (ulong)BpfUpdateFlags.Lock, 8];
        Assert.All(wrong, flags => Assert.Equal(Errno.EINVAL, BatchCall.Delete(map, key, flags).Errno));
        Assert.NotNull(TestMaps.Get(map, key));
    }

    private static RawMap Create(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        // LRU types evict before they are full, so they have spare capacity. More buckets would be wrong, because then no two keys share
        // one.
        bool evicts = type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash;
        return TestMaps.Create(type, keySize: type == BpfMapType.LpmTrie ? 8 : 4, maxEntries: evicts ? 2 * Elements : Elements);
    }

    private static RawMap Full(BpfMapType type)
    {
        RawMap map = Create(type);
        TestMaps.Fill(map, Elements);
        return map;
    }
}
