namespace BpfMaps.Tests;

public sealed class PerCpuValueTests
{
    private const int Elements = 5;

    /// <summary>All per-CPU types with all value sizes.</summary>
    public static TheoryData<BpfMapType, int> KindsAndSizes =>
        Combine(BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash, BpfMapType.PerCpuArray);

    /// <summary>The types of <see cref="KindsAndSizes"/> whose elements can be removed.</summary>
    public static TheoryData<BpfMapType, int> HashKindsAndSizes => Combine(BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash);

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public void Size_IsAMultipleOfEightPerPossibleCpu(BpfMapType type, int valueSize)
    {
        using RawMap map = Create(type, valueSize);
        Assert.Equal((valueSize + 7) / 8 * 8, map.PerCpuStride);
        Assert.Equal(map.PerCpuStride * TestHost.Current.PossibleCpuCount, map.PerCpuValueSize);
        Assert.Equal(valueSize, map.ValueSize);
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public void ValuesOfAllCpus_AreReadWithoutOverrun(BpfMapType type, int valueSize)
    {
        using RawMap map = Create(type, valueSize);
        TestMaps.Fill(map, Elements);
        for (uint number = 0; number < Elements; number++)
        {
            GuardedBuffer values = new(map.PerCpuValueSize);
            Assert.True(map.TryLookupPerCpu(TestMaps.Bytes(number), values.Span));
            Assert.Equal(TestMaps.PerCpuValue(map, number), values.Span);
            values.AssertUntouchedOutside();
        }
    }

    [Theory]
    [MemberData(nameof(HashKindsAndSizes))]
    public void RemovedValuesOfAllCpus_AreReadWithoutOverrun(BpfMapType type, int valueSize)
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using RawMap map = Create(type, valueSize);
        TestMaps.Fill(map, Elements);
        for (uint number = 0; number < Elements; number++)
        {
            GuardedBuffer values = new(map.PerCpuValueSize);
            Assert.True(map.TryLookupAndDeletePerCpu(TestMaps.Bytes(number), values.Span));
            Assert.Equal(TestMaps.PerCpuValue(map, number), values.Span);
            values.AssertUntouchedOutside();
            Assert.False(map.TryLookupAndDeletePerCpu(TestMaps.Bytes(number), values.Span));
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public void Batch_ReturnsTheValuesOfAllCpus(BpfMapType type, int valueSize)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        using RawMap map = Create(type, valueSize);
        TestMaps.Fill(map, Elements);
        using BpfBatchCursor cursor = map.LookupBatch(chunkSize: 3);
        AssertAllElements(map, cursor);
    }

    [Theory]
    [MemberData(nameof(HashKindsAndSizes))]
    public void DeletingBatch_ReturnsTheValuesOfAllCpus(BpfMapType type, int valueSize)
    {
        using RawMap map = Create(type, valueSize);
        TestMaps.Fill(map, Elements);
        using (BpfBatchCursor cursor = map.LookupAndDeleteBatch(chunkSize: 3))
            AssertAllElements(map, cursor);
        Assert.Empty(map.Keys);
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public void UpdateBatch_WritesTheValuesOfAllCpus(BpfMapType type, int valueSize)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        using RawMap map = Create(type, valueSize);
        byte[] keys = [.. Enumerable.Range(0, Elements).SelectMany(TestMaps.Bytes)];
        byte[] values = [.. Enumerable.Range(0, Elements).SelectMany(number => TestMaps.PerCpuValue(map, (uint)number))];
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch(keys, values, out int processed));
        Assert.Equal(Elements, processed);
        for (uint number = 0; number < Elements; number++)
        {
            byte[] read = new byte[map.PerCpuValueSize];
            Assert.True(map.TryLookupPerCpu(TestMaps.Bytes(number), read));
            Assert.Equal(TestMaps.PerCpuValue(map, number), read);
        }
    }

    [Fact]
    public void PaddingOfASlot_IsReadBackUnchangedOrAsZero()
    {
        using RawMap map = Create(BpfMapType.PerCpuHash, valueSize: 4);
        byte[] written = [.. Enumerable.Range(1, map.PerCpuValueSize).Select(number => (byte)number)];
        byte[] read = new byte[map.PerCpuValueSize];
        Assert.Equal(BpfUpdateResult.Ok, map.UpdatePerCpu(TestMaps.Bytes(1), written));
        Assert.True(map.TryLookupPerCpu(TestMaps.Bytes(1), read));
        Assert.Equal(OtherKernel.HasCpuFlags ? written.Select(static (value, at) => at % 8 < 4 ? value : (byte)0) : written, read);
    }

    [Fact]
    public void MissingKey_DoesNotChangeTheBuffer()
    {
        using RawMap map = Create(BpfMapType.PerCpuHash, valueSize: 8);
        byte[] values = TestMaps.PerCpuValue(map, 7);
        Assert.False(map.TryLookupPerCpu(TestMaps.Bytes(1), values));
        Assert.Equal(TestMaps.PerCpuValue(map, 7), values);
    }

    [Fact]
    public void LargestPerCpuValue_IsAccepted()
    {
        using RawMap map = Create(BpfMapType.PerCpuHash, valueSize: 32 * 1024);
        Assert.Equal(BpfUpdateResult.Ok, TestMaps.Put(map, TestMaps.Bytes(1), 5));
        byte[] read = new byte[map.PerCpuValueSize];
        Assert.True(map.TryLookupPerCpu(TestMaps.Bytes(1), read));
        Assert.Equal(TestMaps.PerCpuValue(map, 5), read);
    }

    [Fact]
    public void OtherMapTypes_HaveNoPerCpuStride()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal((0, 0), (map.PerCpuStride, map.PerCpuValueSize));
    }

    private static void AssertAllElements(RawMap map, BpfBatchCursor cursor)
    {
        Dictionary<uint, byte[]> seen = [];
        while (cursor.MoveNext())
        {
            Assert.Equal(cursor.Count * map.PerCpuValueSize, cursor.Values.Length);
            for (int index = 0; index < cursor.Count; index++)
                seen.Add(BitConverter.ToUInt32(cursor.GetKey(index)), cursor.GetValue(index).ToArray());
        }

        Assert.Equal(Enumerable.Range(0, Elements).Select(number => (uint)number), seen.Keys.Order());
        Assert.All(seen, element => Assert.Equal(TestMaps.PerCpuValue(map, element.Key), element.Value));
    }

    /// <summary>
    /// Creates a map that holds all elements. Each CPU takes 128 free entries of an LRU map at once, so a small one evicts before it is
    /// full.
    /// </summary>
    private static RawMap Create(BpfMapType type, int valueSize) =>
        TestMaps.Create(type, valueSize: valueSize, maxEntries: type == BpfMapType.LruPerCpuHash ? 1024u : Elements);

    private static TheoryData<BpfMapType, int> Combine(params BpfMapType[] types)
    {
        TheoryData<BpfMapType, int> data = [];
        foreach (BpfMapType type in types)
        {
            foreach (int size in (int[])[1, 4, 8, 12, 4096])
                data.Add(type, size);
        }

        return data;
    }
}
