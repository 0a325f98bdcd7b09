namespace BpfMaps.Tests;

public sealed class KeyEnumerationTests
{
    private const uint Steady = 200;

    private static readonly uint[] s_steady = [.. Enumerable.Range(0, (int)Steady).Select(number => (uint)number)];

    public static TheoryData<BpfMapType> HashKinds =>
        [BpfMapType.Hash, BpfMapType.LruHash, BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash];

    [Fact]
    public void Keys_OfAnArrayAreItsIndices()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array, maxEntries: 5);
        Assert.Equal([0, 1, 2, 3, 4], map.Keys.Select(key => BitConverter.ToInt32(key)).ToArray());
    }

    [Fact]
    public void Foreach_ReturnsEveryKeyAsASpan()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: Steady);
        TestMaps.Fill(map, Steady);
        List<uint> seen = [];
        foreach (ReadOnlySpan<byte> key in map.Keys)
            seen.Add(BitConverter.ToUInt32(key));
        Assert.Equal(s_steady, seen.Order());
    }

    [Fact]
    public void Linq_ReturnsCopies()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: Steady);
        TestMaps.Fill(map, Steady);
        List<byte[]> keys = map.Keys.ToList();
        map.Delete(keys[0]);
        Assert.Equal((int)Steady, keys.Select(key => BitConverter.ToInt32(key)).Distinct().Count());
        Assert.Equal((int)Steady, keys.Distinct().Count());
    }

    [Fact]
    public void Enumeration_CanBeRepeated()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        TestMaps.Fill(map, 3);
        BpfKeyCollection keys = map.Keys;
        Assert.Equal(3, keys.Count());
        map.Delete(TestMaps.Bytes(1));
        Assert.Equal(2, keys.Count());
    }

    [Fact]
    public void KeysOfAMapTypeWithoutKeys_ThrowOnce()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Queue, keySize: 0);
        using BpfKeyCollection.Enumerator keys = map.Keys.GetEnumerator();
        int errors = 0;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                Assert.False(keys.MoveNext(), "A queue returned a key.");
            }
            catch (BpfException exception)
            {
                Assert.Equal(Errno.EINVAL, exception.Errno);
                errors++;
            }
        }

        Assert.Equal(1, errors);
    }

    [Fact]
    public void KeysOfADisposedMap_ThrowObjectDisposedException()
    {
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.Keys.Count());
    }

    [Theory]
    [MemberData(nameof(HashKinds))]
    public void UnchangedKeys_AreReturnedOnceDuringConcurrentChanges(BpfMapType type)
    {
        // Enough capacity that LRU types do not evict.
        using RawMap map = TestMaps.Create(type, maxEntries: 8 * Steady);
        TestMaps.Fill(map, Steady);
        Churn.During(
            map,
            Steady,
            () =>
            {
                List<uint> seen = [];
                foreach (ReadOnlySpan<byte> key in map.Keys)
                    seen.Add(BitConverter.ToUInt32(key));
                Assert.Equal(s_steady, seen.Where(number => number < Steady).Order());
            }
        );
    }

    [Theory]
    [MemberData(nameof(HashKinds))]
    public void UnchangedElements_AreReadOnceDuringConcurrentChanges(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type, maxEntries: 8 * Steady);
        TestMaps.Fill(map, Steady);
        Churn.During(
            map,
            Steady,
            () =>
            {
                List<uint> seen = [];
                using BpfBatchCursor cursor = map.LookupBatch(chunkSize: 50);
                while (cursor.MoveNext())
                {
                    for (int index = 0; index < cursor.Count; index++)
                    {
                        uint number = BitConverter.ToUInt32(cursor.GetKey(index));
                        seen.Add(number);
                        Assert.Equal(TestMaps.Value(map, number < Steady ? number : Churn.Value), cursor.GetValue(index));
                    }
                }

                Assert.Equal(s_steady, seen.Where(number => number < Steady).Order());
            }
        );
    }

    [Fact]
    public void KeysOfAChangingTrie_EndWithoutAnException()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8, maxEntries: 8 * Steady);
        TestMaps.Fill(map, Steady);
        Churn.During(map, Steady, () => Assert.InRange(map.Keys.LongCount(), 0, 3L * map.MaxEntries));
    }
}
