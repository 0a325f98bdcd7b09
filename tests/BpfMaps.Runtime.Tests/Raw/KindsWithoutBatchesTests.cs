namespace BpfMaps.Tests;

/// <summary>Tests of map types of the kernel that have keys and no batches.</summary>
public sealed class KindsWithoutBatchesTests
{
    private const uint Elements = 20;
    private const uint Steady = 200;

    [Theory]
    [InlineData(BpfMapType.DevMapHash)]
    [InlineData(BpfMapType.SockMap)]
    public void Batch_FailsOnce(BpfMapType type)
    {
        using SampleMap sample = KernelSample.Of(type);
        using BpfBatchCursor cursor = sample.Map.LookupBatch();
        var refusal = Assert.Throws<BpfNotSupportedException>(() => cursor.MoveNext());
        Assert.Equal("BPF_MAP_LOOKUP_BATCH", refusal.Command);
        Assert.Contains($"Maps of type {type} do not support the operation.", refusal.Message, StringComparison.Ordinal);
        Assert.False(cursor.MoveNext());
    }

    [Theory]
    [InlineData((int)BpfBatchMode.Lookup, Elements)]
    [InlineData((int)BpfBatchMode.LookupAndDelete, 0)]
    public void Cursor_WalksKeyByKey(int mode, uint left)
    {
        using RawMap map = Devices(Elements);
        for (int number = 0; number < Elements; number++)
            Assert.Equal(BpfUpdateResult.Ok, map.Update(TestMaps.Bytes(number), TestMaps.Bytes(1)));
        using BpfBatchCursor cursor = new(map, (BpfBatchMode)mode, 7, BpfLookupFlags.None, mayWalk: true);
        List<int> seen = [];
        while (cursor.MoveNext())
        {
            for (int index = 0; index < cursor.Count; index++)
                seen.Add(BitConverter.ToInt32(cursor.GetKey(index)));
        }

        Assert.Equal(Enumerable.Range(0, (int)Elements), seen.Order());
        Assert.Equal((int)left, map.Keys.Count());
    }

    [Fact]
    public void KeysDuringConcurrentChanges_EndWithoutAnException()
    {
        using RawMap map = Devices(8 * Steady);
        Churn.During(map, Steady, () => Assert.InRange(map.Keys.LongCount(), 0, (2L * map.MaxEntries) + 1));
    }

    /// <summary>Creates a hash of network devices; it can contain the loopback device, number 1.</summary>
    private static RawMap Devices(uint maxEntries) => TestMaps.Create(BpfMapType.DevMapHash, valueSize: 4, maxEntries: maxEntries);
}
