namespace BpfMaps.Tests;

public sealed class BatchReadTests
{
    private static readonly int[] s_chunks = [1, 2, 7, 63, 64, 4096];
    private static readonly int[] s_keySizes = [1, 2, 3, 4, 8, 64];
    private static readonly BpfMapType[] s_hashes = [BpfMapType.Hash, BpfMapType.LruHash, BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash];

    /// <summary>Map type, key size, number of elements, chunk size.</summary>
    public static TheoryData<BpfMapType, int, uint, int> FullHashes()
    {
        TheoryData<BpfMapType, int, uint, int> data = [];
        foreach (BpfMapType type in s_hashes)
        {
            foreach (int keySize in s_keySizes)
            {
                foreach (int chunk in s_chunks)
                    data.Add(type, keySize, keySize == 1 ? 64u : 500u, chunk);
            }
        }

        return data;
    }

    public static TheoryData<BpfMapType, int, uint, int> FullMaps()
    {
        TheoryData<BpfMapType, int, uint, int> data = FullHashes();
        foreach (int chunk in s_chunks)
        {
            data.Add(BpfMapType.Array, 4, 500, chunk);
            data.Add(BpfMapType.PerCpuArray, 4, 500, chunk);
            foreach (int keySize in s_keySizes.Where(size => size > 4))
                data.Add(BpfMapType.LpmTrie, keySize, 500, chunk);
            data.Add(BpfMapType.LpmTrie, 5, 64, chunk);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(FullMaps))]
    public void ChunksOfAFullMap_ReturnEveryElementOnce(BpfMapType type, int keySize, uint elements, int chunk)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        using RawMap map = Full(type, keySize, elements);
        HashSet<string> expected = KeysOneByOne(map);
        using BpfBatchCursor cursor = map.LookupBatch(chunk);
        AssertDeliversOnce(expected, map, cursor);
    }

    [Theory]
    [MemberData(nameof(FullHashes))]
    public void DrainingChunksOfAFullMap_ReturnAndRemoveEveryElementOnce(BpfMapType type, int keySize, uint elements, int chunk)
    {
        using RawMap map = Full(type, keySize, elements);
        HashSet<string> expected = KeysOneByOne(map);
        using BpfBatchCursor cursor = map.LookupAndDeleteBatch(chunk);
        AssertDeliversOnce(expected, map, cursor);
        Assert.False(map.TryGetNextKey([], new byte[keySize]), "A key remains.");
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.LpmTrie)]
    public void EmptyMap_HasNoChunks(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        using RawMap map = TestMaps.Create(type, keySize: 8);
        using BpfBatchCursor cursor = map.LookupBatch();
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal((0, 0L), (cursor.Count, cursor.TotalCount));
    }

    [Fact]
    public void DefaultChunk_GrowsAndReturnsEveryElementOnce()
    {
        using RawMap map = Full(BpfMapType.Hash, keySize: 4, elements: 20_000);
        using BpfBatchCursor cursor = map.LookupBatch();
        int chunks = 0,
            largest = 0;
        HashSet<string> seen = [];
        while (cursor.MoveNext())
        {
            chunks++;
            largest = Math.Max(largest, cursor.Count);
            AddKeys(cursor, seen);
        }

        Assert.Equal(20_000, seen.Count);
        Assert.Equal(20_000, cursor.TotalCount);
        Assert.InRange(largest, 2000, 4096);
        Assert.InRange(chunks, 5, 40);
    }

    [Fact]
    public void BucketLargerThanTheChunk_GrowsTheChunk()
    {
        // 64 keys in 64 buckets: chance puts several keys into one bucket, which does not fit a chunk of one.
        using RawMap map = Full(BpfMapType.Hash, keySize: 4, elements: 64);
        using BpfBatchCursor cursor = map.LookupBatch(chunkSize: 1);
        int largest = 0;
        HashSet<string> seen = [];
        while (cursor.MoveNext())
        {
            largest = Math.Max(largest, cursor.Count);
            AddKeys(cursor, seen);
        }

        Assert.Equal(64, seen.Count);
        Assert.True(largest > 1, "No bucket had more than one key, so the chunk did not have to grow.");
    }

    [Fact]
    public void ArrayReadExactlyToItsEnd_HasNoFurtherChunk()
    {
        using RawMap map = Full(BpfMapType.Array, keySize: 4, elements: 8);
        using BpfBatchCursor cursor = map.LookupBatch(chunkSize: 8);
        Assert.True(cursor.MoveNext());
        Assert.Equal(8, cursor.Count);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void IndexOutsideTheChunk_IsRejected()
    {
        using RawMap map = Full(BpfMapType.Array, keySize: 4, elements: 8);
        using BpfBatchCursor cursor = map.LookupBatch(chunkSize: 4);
        Assert.True(cursor.MoveNext());
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetKey(4).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetValue(-1).ToArray());
    }

    [Fact]
    public void DisposedCursor_IsAtItsEnd()
    {
        using RawMap map = Full(BpfMapType.Array, keySize: 4, elements: 8);
        BpfBatchCursor cursor = map.LookupBatch(chunkSize: 4);
        Assert.True(cursor.MoveNext());
        cursor.Dispose();
        cursor.Dispose();
        Assert.False(cursor.MoveNext());
        Assert.True(cursor.Keys.IsEmpty);
    }

    [Fact]
    public void NegativeChunk_IsRejected()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.LookupBatch(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.LookupAndDeleteBatch(-1));
    }

    [Fact]
    public void MapDisposedDuringAWalk_ThrowsObjectDisposedExceptionOnce()
    {
        RawMap map = Full(BpfMapType.Hash, keySize: 4, elements: 500);
        using BpfBatchCursor cursor = map.LookupBatch(chunkSize: 7);
        Assert.True(cursor.MoveNext());
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
        Assert.False(cursor.MoveNext());
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    [InlineData(BpfMapType.BloomFilter)]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    public void MapTypeWithoutBatches_FailsOnce(BpfMapType type)
    {
        using SampleMap sample = SampleMap.Of(type);
        using BpfBatchCursor cursor = sample.Map.LookupBatch();
        var refusal = Assert.Throws<BpfNotSupportedException>(() => cursor.MoveNext());
        Assert.Equal("BPF_MAP_LOOKUP_BATCH", refusal.Command);
        Assert.Contains($"Maps of type {type} do not support the operation.", refusal.Message, StringComparison.Ordinal);
        Assert.False(cursor.MoveNext());
    }

    private static RawMap Full(BpfMapType type, int keySize, uint elements)
    {
        // LRU types evict before they are full, so they have spare capacity.
        bool evicts = type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash;
        RawMap map = TestMaps.Create(type, keySize: keySize, maxEntries: evicts ? 8 * elements : elements);
        TestMaps.Fill(map, elements);
        return map;
    }

    private static HashSet<string> KeysOneByOne(RawMap map)
    {
        HashSet<string> keys = [];
        byte[] key = new byte[map.KeySize];
        ReadOnlySpan<byte> from = default;
        while (map.TryGetNextKey(from, key))
        {
            Assert.True(keys.Add(Convert.ToHexString(key)), $"The key {Convert.ToHexString(key)} was returned twice.");
            from = key;
        }

        Assert.NotEmpty(keys);
        return keys;
    }

    private static void AssertDeliversOnce(HashSet<string> expected, RawMap map, BpfBatchCursor cursor)
    {
        HashSet<string> seen = [];
        while (cursor.MoveNext())
        {
            Assert.InRange(cursor.Count, 1, (int)map.MaxEntries);
            AddKeys(cursor, seen);
            for (int index = 0; index < cursor.Count; index++)
                Assert.Equal(ExpectedValue(map, cursor.GetKey(index)), cursor.GetValue(index));
        }

        Assert.Equal(expected.Count, seen.Count);
        Assert.Equal(expected.Count, cursor.TotalCount);
        Assert.Superset(expected, seen);
    }

    private static byte[] ExpectedValue(RawMap map, ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> numberBytes = map.Type == BpfMapType.LpmTrie ? key[4..] : key;
        uint number = 0;
        for (int i = 0; i < Math.Min(4, numberBytes.Length); i++)
            number |= (uint)numberBytes[i] << (8 * i);
        return map.PerCpuValueSize != 0 ? TestMaps.PerCpuValue(map, number) : TestMaps.Key(map.ValueSize, number);
    }

    private static void AddKeys(BpfBatchCursor cursor, HashSet<string> seen)
    {
        for (int index = 0; index < cursor.Count; index++)
            Assert.True(
                seen.Add(Convert.ToHexString(cursor.GetKey(index))),
                $"The key {Convert.ToHexString(cursor.GetKey(index))} was returned twice."
            );
    }
}
