namespace BpfMaps.Tests;

public sealed class HashErrorTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);
    private static readonly byte[] s_missing = TestMaps.Bytes(2);
    private readonly byte[] _value = TestMaps.Bytes(10L);

    public static TheoryData<BpfMapType> PlainKinds => [BpfMapType.Hash, BpfMapType.LruHash];

    [Theory]
    [MemberData(nameof(PlainKinds))]
    public void NoExistOnAPresentKey_IsAlreadyExistsAndWritesNothing(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        Assert.Equal(BpfUpdateResult.AlreadyExists, map.Update(s_key, TestMaps.Bytes(99L), BpfUpdateFlags.NoExist));
        byte[] read = new byte[8];
        Assert.True(map.TryLookup(s_key, read));
        Assert.Equal(_value, read);
    }

    [Theory]
    [MemberData(nameof(PlainKinds))]
    public void ExistOnAMissingKey_IsNotFoundAndAddsNothing(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        Assert.Equal(BpfUpdateResult.NotFound, map.Update(s_missing, _value, BpfUpdateFlags.Exist));
        Assert.False(map.TryLookup(s_missing, new byte[8]));
    }

    [Theory]
    [MemberData(nameof(PlainKinds))]
    public void NoExistOnAMissingKeyAndExistOnAPresentOne_Write(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        Assert.Equal(BpfUpdateResult.Ok, map.Update(s_missing, _value, BpfUpdateFlags.NoExist));
        Assert.Equal(BpfUpdateResult.Ok, map.Update(s_key, TestMaps.Bytes(99L), BpfUpdateFlags.Exist));
        byte[] read = new byte[8];
        Assert.True(map.TryLookup(s_key, read));
        Assert.Equal(TestMaps.Bytes(99L), read);
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PerCpuHash)]
    public void NewKeyInAFullMap_IsFull(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 4);
        TestMaps.Fill(map, 4);
        Assert.Equal(BpfUpdateResult.Full, TestMaps.Put(map, TestMaps.Bytes(4), 4));
    }

    [Theory]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    public void LruPastItsCapacity_EvictsAndNeverFails(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 64);
        TestMaps.Fill(map, 1000);
        int left = map.Keys.Count();
        Assert.InRange(left, 1, 64);
    }

    [Theory]
    [MemberData(nameof(PlainKinds))]
    public void MissingKey_IsFalseForLookupDeleteAndBoth(BpfMapType type)
    {
        using RawMap map = WithOneKey(type);
        byte[] value = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.False(map.TryLookup(s_missing, value));
        Assert.False(map.TryLookupAndDelete(s_missing, value));
        Assert.False(map.Delete(s_missing));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], value);
    }

    [Theory]
    [InlineData((BpfUpdateFlags)8)]
    [InlineData((BpfUpdateFlags)(1UL << 40))]
    [InlineData(BpfUpdateFlags.NoExist | BpfUpdateFlags.Exist)]
    [InlineData(BpfUpdateFlags.Lock)]
    public void UpdateFlagsThatTheMapDoesNotTake_AreEinval(BpfUpdateFlags flags)
    {
        using RawMap map = WithOneKey(BpfMapType.Hash);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Update(s_key, _value, flags)));
    }

    [Theory]
    [InlineData((BpfLookupFlags)1)]
    [InlineData(BpfLookupFlags.Lock)]
    public void LookupFlagsThatTheMapDoesNotTake_AreEinval(BpfLookupFlags flags)
    {
        using RawMap map = WithOneKey(BpfMapType.Hash);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.TryLookup(s_key, new byte[8], flags)));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.TryLookupAndDelete(s_key, new byte[8], flags)));
    }

    [Fact]
    public void FlagsOfPerCpuUpdatesForOneAndAllCpus_AreEinval()
    {
        // Newer kernels take one of BPF_F_CPU (8) and BPF_F_ALL_CPUS (16); both at once are wrong on every kernel.
        using RawMap map = TestMaps.Create(BpfMapType.PerCpuHash);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.UpdatePerCpu(s_key, new byte[map.PerCpuValueSize], (BpfUpdateFlags)24)));
    }

    [Fact]
    public void NextKey_OfAnEmptyMapIsNone()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        byte[] next = [1, 2, 3, 4];
        Assert.False(map.TryGetNextKey([], next));
        Assert.False(map.TryGetNextKey(s_key, next));
        Assert.Equal([1, 2, 3, 4], next);
    }

    [Fact]
    public void NextKey_OfAMissingKeyIsTheFirst()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        TestMaps.Fill(map, 3);
        byte[] first = new byte[4], next = new byte[4];
        Assert.True(map.TryGetNextKey([], first));
        Assert.True(map.TryGetNextKey(TestMaps.Bytes(77), next));
        Assert.Equal(first, next);
    }

    [Fact]
    public void NextKey_VisitsEveryKeyOnceAndEndsAfterTheLast()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
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

    private RawMap WithOneKey(BpfMapType type)
    {
        RawMap map = TestMaps.Create(type);
        Assert.Equal(BpfUpdateResult.Ok, map.Update(s_key, _value));
        return map;
    }
}
