namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class AllocationTests
{
    private const int WarmUp = 200;
    private const int Calls = 1000;
    private const int BatchEntries = 60_000;

    private static readonly byte[] s_key = TestMaps.Bytes(1);
    private static readonly byte[] s_missing = TestMaps.Bytes(2);

    private static readonly Dictionary<string, Action<RawMap, byte[], byte[]>> s_operations = new()
    {
        ["Update"] = (map, value, _) => map.Update(s_key, value),
        ["Update of an existing key"] = (map, value, _) => map.Update(s_key, value, BpfUpdateFlags.NoExist),
        ["TryLookup"] = (map, value, _) => map.TryLookup(s_key, value),
        ["TryLookup of a missing key"] = (map, value, _) => map.TryLookup(s_missing, value),
        ["TryLookupAndDelete of a missing key"] = (map, value, _) => map.TryLookupAndDelete(s_missing, value),
        ["Update and Delete"] = (map, value, _) =>
        {
            map.Update(s_key, value);
            map.Delete(s_key);
        },
        ["TryGetNextKey"] = (map, _, nextKey) => map.TryGetNextKey([], nextKey),
        ["UpdateBatch"] = (map, value, _) => map.UpdateBatch(s_key, value, out int _),
        ["DeleteBatch of a missing key"] = (map, _, _) => map.DeleteBatch(s_missing, out int _),
    };

    public static TheoryData<string> Operations => [.. s_operations.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void SingleOperation_AllocatesNothing(string operation)
    {
        if (operation.Contains("LookupAndDelete", StringComparison.Ordinal))
            TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        byte[] value = new byte[8],
            nextKey = new byte[4];
        map.Update(s_key, value);
        Action<RawMap, byte[], byte[]> call = s_operations[operation];
        Assert.Equal(0, Allocated(() => call(map, value, nextKey)));
    }

    [Theory]
    [InlineData(BpfMapType.PerCpuHash)]
    [InlineData(BpfMapType.PerCpuArray)]
    public void PerCpuOperation_AllocatesNothing(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type);
        byte[] values = new byte[map.PerCpuValueSize];
        Assert.Equal(
            0,
            Allocated(() =>
            {
                map.UpdatePerCpu(s_key, values);
                map.TryLookupPerCpu(s_key, values);
            })
        );
    }

    [Fact]
    public void AccessToMappedMemory_AllocatesNothing()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable);
        using BpfMemoryView view = map.Map();
        for (int i = 0; i < WarmUp; i++)
            view.Span[0]++;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            view.Span[0]++;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void BatchReadOfManyEntries_AllocatesOnlyTheCursorAndPooledBuffers()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: BatchEntries);
        TestMaps.Fill(map, BatchEntries);
        Assert.Equal(BatchEntries, ReadAll(map)); // Fills the pool.
        long before = GC.GetAllocatedBytesForCurrentThread();
        long entries = ReadAll(map);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(BatchEntries, entries);
        Assert.True(allocated <= 1024, $"Reading {entries} entries allocated {allocated} bytes.");
    }

    [Fact]
    public void EnumeratingManyKeys_AllocatesOnlyTheCursorAndPooledBuffers()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: BatchEntries);
        TestMaps.Fill(map, BatchEntries);
        Assert.Equal(BatchEntries, CountKeys(map));
        long before = GC.GetAllocatedBytesForCurrentThread();
        long keys = CountKeys(map);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(BatchEntries, keys);
        Assert.True(allocated <= 1024, $"Enumerating {keys} keys allocated {allocated} bytes.");
    }

    private static long Allocated(Action operation)
    {
        for (int i = 0; i < WarmUp; i++)
            operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            operation();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long ReadAll(RawMap map)
    {
        using BpfBatchCursor cursor = map.LookupBatch();
        while (cursor.MoveNext()) { }

        return cursor.TotalCount;
    }

    private static long CountKeys(RawMap map)
    {
        long count = 0;
        foreach (ReadOnlySpan<byte> _ in map.Keys)
            count++;
        return count;
    }
}
