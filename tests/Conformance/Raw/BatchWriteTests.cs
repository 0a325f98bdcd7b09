namespace BpfMaps.Tests;

public sealed class BatchWriteTests
{
    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.Array)]
    public void UpdateBatch_WritesEveryElement(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 64);
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch(Keys(0, 10), Values(10), out int processed));
        Assert.Equal(10, processed);
        byte[] value = new byte[8];
        for (int number = 0; number < 10; number++)
        {
            Assert.True(map.TryLookup(TestMaps.Bytes(number), value));
            Assert.Equal((long)number, BitConverter.ToInt64(value));
        }
    }

    [Fact]
    public void UpdateBatchIntoATrie_WritesEveryElement()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        byte[] keys = [.. Enumerable.Range(0, 5).SelectMany(number => (byte[])[.. TestMaps.Bytes(32), .. TestMaps.Bytes(number)])];
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch(keys, Values(5), out int processed));
        Assert.Equal(5, processed);
        Assert.Equal(5, map.Keys.Count());
    }

    [Fact]
    public void UpdateBatchThatOverflows_IsFullAndCountsWhatWasWritten()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: 6);
        Assert.Equal(BpfUpdateResult.Full, map.UpdateBatch(Keys(0, 10), Values(10), out int processed));
        Assert.Equal(6, processed);
        Assert.Equal(Enumerable.Range(0, 6), map.Keys.Select(key => BitConverter.ToInt32(key)).Order());
    }

    [Fact]
    public void UpdateBatchPastTheEndOfAnArray_IsFullAndCountsWhatWasWritten()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array, maxEntries: 4);
        Assert.Equal(BpfUpdateResult.Full, map.UpdateBatch(Keys(2, 5), Values(5), out int processed));
        Assert.Equal(2, processed);
    }

    [Theory]
    [InlineData(BpfUpdateFlags.NoExist)]
    [InlineData(BpfUpdateFlags.Exist)]
    public void UpdateBatchWithFlags_IsEinvalAndWritesNothing(BpfUpdateFlags flags)
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        int processed = -1;
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.UpdateBatch(Keys(0, 3), Values(3), out processed, flags)));
        Assert.Equal(0, processed);
        Assert.Empty(map.Keys);
    }

    [Fact]
    public void BatchOfNothing_IsOk()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch([], [], out int written));
        Assert.True(map.DeleteBatch([], out int deleted));
        Assert.Equal((0, 0), (written, deleted));
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PerCpuHash)]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    public void DeleteBatch_RemovesEveryKey(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 64);
        TestMaps.Fill(map, 10);
        Assert.True(map.DeleteBatch(Keys(2, 6), out int processed));
        Assert.Equal(6, processed);
        Assert.Equal([0, 1, 8, 9], map.Keys.Select(key => BitConverter.ToInt32(key)).Order().ToArray());
    }

    [Fact]
    public void DeleteBatchWithAMissingKey_StopsThereAndCountsWhatWasRemoved()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        TestMaps.Fill(map, 5);
        Assert.True(map.Delete(TestMaps.Bytes(3)));
        Assert.False(map.DeleteBatch(Keys(0, 5), out int processed));
        Assert.Equal(3, processed);
        Assert.Equal(4, BitConverter.ToInt32(Assert.Single(map.Keys)));
    }

    [Fact]
    public void DeleteBatchFromAnArray_IsNotSupportedAndCountsNothing()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array);
        int processed = -1;
        Assert.Throws<BpfNotSupportedException>(() => map.DeleteBatch(Keys(0, 2), out processed));
        Assert.Equal(0, processed);
    }

    private static byte[] Keys(int first, int count) => [.. Enumerable.Range(first, count).SelectMany(TestMaps.Bytes)];

    private static byte[] Values(int count) => [.. Enumerable.Range(0, count).SelectMany(number => TestMaps.Bytes((long)number))];
}
