namespace BpfMaps.Tests;

public sealed unsafe class KeylessMapTests
{
    public static TheoryData<BpfMapType> Lines => [BpfMapType.Queue, BpfMapType.Stack];

    [Theory]
    [InlineData(BpfMapType.Queue, 1L, 2L, 3L)]
    [InlineData(BpfMapType.Stack, 3L, 2L, 1L)]
    public void Pop_ReturnsTheElementsInTheOrderOfTheMapType(BpfMapType type, long first, long second, long third)
    {
        using RawMap map = Create(type);
        Push(map, 1, 2, 3);
        Assert.Equal((first, second, third), (Pop(map), Pop(map), Pop(map)));
        Assert.False(map.TryLookupAndDelete([], new byte[8]));
    }

    [Theory]
    [InlineData(BpfMapType.Queue, 1L)]
    [InlineData(BpfMapType.Stack, 2L)]
    public void Peek_ReturnsTheNextElementWithoutRemovingIt(BpfMapType type, long next)
    {
        using RawMap map = Create(type);
        Push(map, 1, 2);
        byte[] value = new byte[8];
        Assert.True(map.TryLookup([], value));
        Assert.True(map.TryLookup([], value));
        Assert.Equal(next, BitConverter.ToInt64(value));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void PeekAndPopOfAnEmptyMap_AreMisses(BpfMapType type)
    {
        using RawMap map = Create(type);
        Assert.False(map.TryLookup([], new byte[8]));
        Assert.False(map.TryLookupAndDelete([], new byte[8]));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void PushToAFullMap_IsFull(BpfMapType type)
    {
        using RawMap map = Create(type);
        Push(map, 1, 2, 3, 4);
        Assert.Equal(BpfUpdateResult.Full, map.Update([], TestMaps.Bytes(5L)));
    }

    [Theory]
    [InlineData(BpfMapType.Queue, new[] { 2L, 3, 4, 5 })]
    [InlineData(BpfMapType.Stack, new[] { 5L, 4, 3, 2 })]
    public void PushWithExistToAFullMap_DropsTheOldest(BpfMapType type, long[] left)
    {
        using RawMap map = Create(type);
        Push(map, 1, 2, 3, 4);
        Assert.Equal(BpfUpdateResult.Ok, map.Update([], TestMaps.Bytes(5L), BpfUpdateFlags.Exist));
        Assert.Equal(left, new[] { Pop(map), Pop(map), Pop(map), Pop(map) });
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void UnsupportedOperationsOfAQueueOrStack_FailWithEinval(BpfMapType type)
    {
        using RawMap map = Create(type);
        Push(map, 1);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Update([], new byte[8], BpfUpdateFlags.NoExist)));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Delete([])));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.TryGetNextKey([], [])));
        Assert.All(
            [1ul, 4ul],
            flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.TryLookupAndDelete([], new byte[8], (BpfLookupFlags)flags)))
        );
        Assert.All(
            [1ul, 4ul],
            flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.TryLookup([], new byte[8], (BpfLookupFlags)flags)))
        );
        Assert.All(
            [3ul, 4ul, 8ul, 1ul << 40],
            flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Update([], new byte[8], (BpfUpdateFlags)flags)))
        );
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void KeyPassedToTheKernel_FailsWithEinval(BpfMapType type)
    {
        // RawMap accepts only an empty span and passes it on as null.
        using RawMap map = Create(type);
        int key = 1;
        long value = 1;
        Assert.Equal(Errno.EINVAL, TestHost.Current.Update(map.Handle, (byte*)&key, (byte*)&value, 0));
        Assert.Equal(Errno.EINVAL, TestHost.Current.Lookup(map.Handle, (byte*)&key, (byte*)&value, 0));
        Assert.Equal(Errno.Ok, TestHost.Current.Update(map.Handle, null, (byte*)&value, 0));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void KeyOfAQueueOrStack_ThrowsArgumentExceptionBeforeTheCall(BpfMapType type)
    {
        using RawMap map = Create(type);
        var refusal = Assert.Throws<ArgumentException>(() => map.TryLookup(new byte[4], new byte[8]));
        Assert.Equal("key", refusal.ParamName);
        Assert.Contains("key must be 0 bytes long, not 4", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BloomFilter_ContainsAddedValuesAndFewOthers()
    {
        using RawMap map = Create(BpfMapType.BloomFilter, maxEntries: 100);
        Push(map, [.. Enumerable.Range(0, 100).Select(number => (long)number)]);
        Assert.All(Enumerable.Range(0, 100), number => Assert.True(map.TryLookup([], TestMaps.Bytes((long)number))));
        Assert.InRange(Enumerable.Range(1000, 1000).Count(number => map.TryLookup([], TestMaps.Bytes((long)number))), 0, 500);
    }

    [Fact]
    public void AbsentValueOfABloomFilter_IsAMissAndIsNotOverwritten()
    {
        using RawMap map = Create(BpfMapType.BloomFilter);
        byte[] value = TestMaps.Bytes(7L);
        Assert.False(map.TryLookup([], value));
        Assert.Equal(TestMaps.Bytes(7L), value);
    }

    [Fact]
    public void UnsupportedOperationsOfABloomFilter_AreRejected()
    {
        using RawMap map = Create(BpfMapType.BloomFilter);
        byte[] value = new byte[8];
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<BpfNotSupportedException>(() => map.Delete([])).Errno);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<BpfNotSupportedException>(() => map.TryGetNextKey([], [])).Errno);
        Assert.Equal(Errno.ENOTSUPP, Assert.Throws<BpfNotSupportedException>(() => map.TryLookupAndDelete([], value)).Errno);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Update([], value, BpfUpdateFlags.Exist)));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Update([], value, BpfUpdateFlags.NoExist)));
    }

    private static RawMap Create(BpfMapType type, uint maxEntries = 4) => TestMaps.Create(type, keySize: 0, maxEntries: maxEntries);

    private static void Push(RawMap map, params ReadOnlySpan<long> values)
    {
        foreach (long value in values)
            Assert.Equal(BpfUpdateResult.Ok, map.Update([], TestMaps.Bytes(value)));
    }

    private static long Pop(RawMap map)
    {
        byte[] value = new byte[8];
        Assert.True(map.TryLookupAndDelete([], value), "There was no element to pop.");
        return BitConverter.ToInt64(value);
    }
}
