namespace BpfMaps.Tests;

public sealed class HashErrorTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);
    private static readonly byte[] s_missing = TestMaps.Bytes(2);

    public static TheoryData<BpfMapType> Kinds => [BpfMapType.Hash, BpfMapType.LruHash, BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash];

    public static TheoryData<BpfMapType> PerCpuKinds => [BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash, BpfMapType.PerCpuArray];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoExistOnAPresentKey_IsAlreadyExistsAndWritesNothing(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        Assert.Equal(BpfUpdateResult.AlreadyExists, TestMaps.Put(map, s_key, 99, BpfUpdateFlags.NoExist));
        Assert.Equal(10u, TestMaps.Get(map, s_key));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ExistOnAMissingKey_IsNotFoundAndAddsNothing(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        Assert.Equal(BpfUpdateResult.NotFound, TestMaps.Put(map, s_missing, 10, BpfUpdateFlags.Exist));
        Assert.Null(TestMaps.Get(map, s_missing));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoExistOnAMissingKeyAndExistOnAPresentOne_Write(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        Assert.Equal(BpfUpdateResult.Ok, TestMaps.Put(map, s_missing, 10, BpfUpdateFlags.NoExist));
        Assert.Equal(BpfUpdateResult.Ok, TestMaps.Put(map, s_key, 99, BpfUpdateFlags.Exist));
        Assert.Equal(10u, TestMaps.Get(map, s_missing));
        Assert.Equal(99u, TestMaps.Get(map, s_key));
    }

    [Theory]
    [InlineData(BpfMapType.Hash, BpfMapFlags.None)]
    [InlineData(BpfMapType.Hash, BpfMapFlags.NoPrealloc)]
    [InlineData(BpfMapType.PerCpuHash, BpfMapFlags.None)]
    [InlineData(BpfMapType.PerCpuHash, BpfMapFlags.NoPrealloc)]
    public void NewKeyInAFullMap_IsFullUntilAnotherIsRemoved(BpfMapType type, BpfMapFlags flags)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 4, flags: flags);
        TestMaps.Fill(map, 4);
        Assert.Equal(BpfUpdateResult.Full, TestMaps.Put(map, TestMaps.Bytes(4), 4));
        Assert.Equal(BpfUpdateResult.Full, TestMaps.Put(map, TestMaps.Bytes(4), 4, BpfUpdateFlags.NoExist));
        Assert.Equal(BpfUpdateResult.NotFound, TestMaps.Put(map, TestMaps.Bytes(4), 4, BpfUpdateFlags.Exist));
        Assert.Equal(BpfUpdateResult.Ok, TestMaps.Put(map, TestMaps.Bytes(3), 33));
        Assert.True(map.Delete(TestMaps.Bytes(0)));
        Assert.Equal(BpfUpdateResult.Ok, TestMaps.Put(map, TestMaps.Bytes(4), 4));
    }

    [Theory]
    [InlineData(BpfMapType.LruHash, BpfMapFlags.None)]
    [InlineData(BpfMapType.LruHash, BpfMapFlags.NoCommonLru)]
    [InlineData(BpfMapType.LruPerCpuHash, BpfMapFlags.None)]
    [InlineData(BpfMapType.LruPerCpuHash, BpfMapFlags.NoCommonLru)]
    public void LruPastItsCapacity_EvictsAndNeverFails(BpfMapType type, BpfMapFlags flags)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 64, flags: flags);
        TestMaps.Fill(map, 1000);
        int left = map.Keys.Count();
        Assert.InRange(left, 1, (int)map.MaxEntries);
        Assert.Equal(999u, TestMaps.Get(map, TestMaps.Bytes(999)));
        Assert.All(map.Keys, key => Assert.Equal(BitConverter.ToUInt32(key), TestMaps.Get(map, key)));
    }

    [Theory]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    public void CapacityOfAnLruWithAListPerCpu_IsAMultipleOfTheCpus(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 61, flags: BpfMapFlags.NoCommonLru);
        uint cpus = (uint)map.Host.PossibleCpuCount;
        Assert.Equal((61 + cpus - 1) / cpus * cpus, map.MaxEntries);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MissingKey_IsAMissForLookupDeleteAndBoth(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using RawMap map = WithOneKey(type);
        byte[] value = [.. Enumerable.Range(1, map.ElementValueSize).Select(number => (byte)number)];
        byte[] untouched = [.. value];
        Assert.False(map.PerCpuValueSize != 0 ? map.TryLookupPerCpu(s_missing, value) : map.TryLookup(s_missing, value));
        Assert.False(map.PerCpuValueSize != 0 ? map.TryLookupAndDeletePerCpu(s_missing, value) : map.TryLookupAndDelete(s_missing, value));
        Assert.False(map.Delete(s_missing));
        Assert.Equal(untouched, value);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UnsupportedUpdateFlags_FailWithEinval(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        ulong[] wrong = OtherKernel.Refused(
            type,
            (ulong)(BpfUpdateFlags.NoExist | BpfUpdateFlags.Exist),
            (ulong)BpfUpdateFlags.Lock,
            (ulong)(BpfUpdateFlags.Lock | BpfUpdateFlags.Exist),
            32,
            1UL << 40
        );
        Assert.All(wrong, flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Put(map, s_key, 99, (BpfUpdateFlags)flags))));
        Assert.Equal(10u, TestMaps.Get(map, s_key));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UnsupportedLookupFlags_FailWithEinval(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        BpfLookupFlags[] wrong = [(BpfLookupFlags)1, (BpfLookupFlags)2, BpfLookupFlags.Lock, (BpfLookupFlags)(1UL << 40)];
        Assert.All(wrong, flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Get(map, s_key, flags))));
        Assert.All(wrong, flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Take(map, s_key, flags))));
        Assert.Equal(10u, TestMaps.Get(map, s_key));
    }

    [Theory]
    [MemberData(nameof(PerCpuKinds))]
    public void UpdateFlagsForOneAndAllCpus_FailWithEinval(BpfMapType type)
    {
        // Newer kernels accept one of BPF_F_CPU (8) and BPF_F_ALL_CPUS (16); no kernel accepts both.
        using RawMap map = TestMaps.Create(type);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Put(map, s_key, 1, (BpfUpdateFlags)24)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NextKey_OfAnEmptyMapIsNone(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type);
        byte[] next = [1, 2, 3, 4];
        Assert.False(map.TryGetNextKey([], next));
        Assert.False(map.TryGetNextKey(s_key, next));
        Assert.Equal([1, 2, 3, 4], next);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NextKey_OfAMissingKeyIsTheFirst(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type);
        TestMaps.Fill(map, 3);
        byte[] first = new byte[4],
            next = new byte[4];
        Assert.True(map.TryGetNextKey([], first));
        Assert.True(map.TryGetNextKey(TestMaps.Bytes(77), next));
        Assert.Equal(first, next);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NextKey_VisitsEveryKeyOnceAndEndsAfterTheLast(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 256);
        TestMaps.Fill(map, 16);
        List<uint> seen = [];
        byte[] key = new byte[4];
        ReadOnlySpan<byte> from = default;
        while (map.TryGetNextKey(from, key))
        {
            seen.Add(BitConverter.ToUInt32(key));
            from = key;
        }

        Assert.Equal(Enumerable.Range(0, 16).Select(number => (uint)number), seen.Order());
    }

    [Theory]
    [InlineData(BpfMapType.Hash, 1)]
    [InlineData(BpfMapType.Hash, 3)]
    [InlineData(BpfMapType.Hash, 8)]
    [InlineData(BpfMapType.Hash, 13)]
    [InlineData(BpfMapType.LruPerCpuHash, 64)]
    public void KeysThatDifferInAnyByte_AreDifferentKeys(BpfMapType type, int keySize)
    {
        using RawMap map = TestMaps.Create(type, keySize: keySize, maxEntries: 1024);
        byte[] key = new byte[keySize];
        TestMaps.Put(map, key, 200);
        for (int at = 0; at < keySize; at++)
        {
            key[at] = 0x80;
            Assert.Null(TestMaps.Get(map, key));
            TestMaps.Put(map, key, (uint)at);
            key[at] = 0;
        }

        Assert.Equal(200u, TestMaps.Get(map, key));
        Assert.Equal(keySize + 1, map.Keys.Count());
    }

    private static RawMap WithOneKey(BpfMapType type)
    {
        RawMap map = TestMaps.Create(type);
        Assert.Equal(BpfUpdateResult.Ok, TestMaps.Put(map, s_key, 10));
        return map;
    }
}
