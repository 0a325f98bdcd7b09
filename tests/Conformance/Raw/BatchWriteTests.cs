namespace BpfMaps.Tests;

public sealed class BatchWriteTests
{
    /// <summary>All map types that support writing in batches.</summary>
    public static TheoryData<BpfMapType> Writable =>
        [
            BpfMapType.Hash,
            BpfMapType.LruHash,
            BpfMapType.PerCpuHash,
            BpfMapType.LruPerCpuHash,
            BpfMapType.Array,
            BpfMapType.PerCpuArray,
            BpfMapType.LpmTrie,
        ];

    /// <summary>All map types that support deleting in batches.</summary>
    public static TheoryData<BpfMapType> Removable =>
        [.. Writable.Select(row => row.Data).Where(type => type is not (BpfMapType.Array or BpfMapType.PerCpuArray))];

    [Theory]
    [MemberData(nameof(Writable))]
    public void UpdateBatch_WritesEveryElement(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 64);
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch(Keys(map, 0, 10), Values(map, 10), out int processed));
        Assert.Equal(10, processed);
        for (uint number = 0; number < 10; number++)
            Assert.Equal(number, TestMaps.Get(map, TestMaps.KeyOf(map, number)));
    }

    [Theory]
    [MemberData(nameof(Writable))]
    public void DuplicateKeyInABatch_KeepsTheLastValue(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 64);
        Assert.Equal(
            BpfUpdateResult.Ok,
            map.UpdateBatch([.. TestMaps.KeyOf(map, 1), .. TestMaps.KeyOf(map, 2), .. TestMaps.KeyOf(map, 1)], Values(map, 3), out _)
        );
        Assert.Equal(2u, TestMaps.Get(map, TestMaps.KeyOf(map, 1)));
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PerCpuHash)]
    [InlineData(BpfMapType.LpmTrie)]
    public void UpdateBatchThatOverflows_IsFullAndCountsTheWrittenElements(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 6);
        Assert.Equal(BpfUpdateResult.Full, map.UpdateBatch(Keys(map, 0, 10), Values(map, 10), out int processed));
        Assert.Equal(6, processed);
        for (uint number = 0; number < 10; number++)
            Assert.Equal(number < 6 ? number : null, TestMaps.Get(map, TestMaps.KeyOf(map, number)));
    }

    [Theory]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    public void UpdateBatchLargerThanAnLru_IsOkAndKeepsTheLast(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 6);
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch(Keys(map, 0, 50), Values(map, 50), out int processed));
        Assert.Equal(50, processed);
        Assert.Equal(49u, TestMaps.Get(map, TestMaps.KeyOf(map, 49)));
        Assert.InRange(map.Keys.Count(), 1, 6);
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PerCpuArray)]
    public void UpdateBatchPastTheEndOfAnArray_IsFullAndCountsTheWrittenElements(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 4);
        Assert.Equal(BpfUpdateResult.Full, map.UpdateBatch(Keys(map, 2, 5), Values(map, 5), out int processed));
        Assert.Equal(2, processed);
        Assert.Equal(1u, TestMaps.Get(map, TestMaps.KeyOf(map, 3)));
    }

    [Theory]
    [InlineData(BpfUpdateFlags.NoExist)]
    [InlineData(BpfUpdateFlags.Exist)]
    public void UpdateBatchWithFlags_FailsWithEinvalAndWritesNothing(BpfUpdateFlags flags)
    {
        using RawMap map = Create(BpfMapType.Hash, maxEntries: 16);
        int processed = -1;
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.UpdateBatch(Keys(map, 0, 3), Values(map, 3), out processed, flags)));
        Assert.Equal(0, processed);
        Assert.Empty(map.Keys);
    }

    [Theory]
    [MemberData(nameof(Removable))]
    public void EmptyBatch_IsOk(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 16);
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch([], [], out int written));
        Assert.True(map.DeleteBatch([], out int deleted));
        Assert.Equal((0, 0), (written, deleted));
    }

    [Theory]
    [MemberData(nameof(Removable))]
    public void DeleteBatch_RemovesEveryKey(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 64);
        TestMaps.Fill(map, 10);
        Assert.True(map.DeleteBatch(Keys(map, 2, 6), out int processed));
        Assert.Equal(6, processed);
        for (uint number = 0; number < 10; number++)
            Assert.Equal(number is < 2 or > 7 ? number : null, TestMaps.Get(map, TestMaps.KeyOf(map, number)));
    }

    [Theory]
    [MemberData(nameof(Removable))]
    public void DeleteBatchWithAMissingKey_StopsThereAndCountsTheRemovedElements(BpfMapType type)
    {
        using RawMap map = Create(type, maxEntries: 64);
        TestMaps.Fill(map, 5);
        Assert.True(map.Delete(TestMaps.KeyOf(map, 3)));
        Assert.False(map.DeleteBatch(Keys(map, 0, 5), out int processed));
        Assert.Equal(3, processed);
        Assert.Equal(TestMaps.KeyOf(map, 4), Assert.Single(map.Keys));
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PerCpuArray)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    public void DeleteBatchFromAnArray_IsNotSupportedAndCountsNothing(BpfMapType type)
    {
        using SampleMap sample = SampleMap.Of(type);
        int processed = -1;
        Assert.Throws<BpfNotSupportedException>(() => sample.Map.DeleteBatch(Keys(sample.Map, 0, 2), out processed));
        Assert.Equal(0, processed);
    }

    [Theory]
    [InlineData(BpfMapType.ArrayOfMaps)]
    [InlineData(BpfMapType.HashOfMaps)]
    public void UpdateBatchOfMaps_AcceptsDescriptorsAndReturnsIds(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        using SampleMap sample = SampleMap.Of(type);
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        byte[] notOpen = TestMaps.Bytes(1_000_000);
        Assert.Equal(
            BpfUpdateResult.Ok,
            sample.Map.UpdateBatch(Keys(sample.Map, 0, 2), [.. sample.Value, .. TestMaps.DescriptorOf(inner)], out _)
        );
        using BpfBatchCursor cursor = sample.Map.LookupBatch(chunkSize: 8);
        Assert.True(cursor.MoveNext());
        Assert.Equal(2, cursor.Count);
        Assert.Contains(TestMaps.Bytes(inner.Info.Id), (byte[][])[cursor.GetValue(0).ToArray(), cursor.GetValue(1).ToArray()]);

        int processed = -1;
        Assert.Equal(
            Errno.EBADF,
            TestMaps.Errno(() => sample.Map.UpdateBatch(Keys(sample.Map, 3, 2), [.. sample.Value, .. notOpen], out processed))
        );
        Assert.Equal(1, processed);
    }

    private static RawMap Create(BpfMapType type, uint maxEntries)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        return TestMaps.Create(type, keySize: type == BpfMapType.LpmTrie ? 8 : 4, maxEntries: maxEntries);
    }

    private static byte[] Keys(RawMap map, int first, int count) =>
        [.. Enumerable.Range(first, count).SelectMany(number => TestMaps.KeyOf(map, (uint)number))];

    private static byte[] Values(RawMap map, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(number => TestMaps.Value(map, (uint)number))];
}
