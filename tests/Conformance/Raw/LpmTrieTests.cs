namespace BpfMaps.Tests;

public sealed class LpmTrieTests
{
    [Fact]
    public void Lookup_FindsTheLongestPrefix()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        map.Update(Prefix(8, 10, 0, 0, 0), TestMaps.Bytes(8L));
        map.Update(Prefix(16, 10, 1, 0, 0), TestMaps.Bytes(16L));
        Assert.Equal(16L, Match(map, 10, 1, 2, 3));
        Assert.Equal(8L, Match(map, 10, 2, 2, 3));
        Assert.False(map.TryLookup(Prefix(32, 11, 0, 0, 0), new byte[8]));
    }

    [Fact]
    public void PrefixLongerThanTheKey_FailsWithEinvalInUpdatesAndIsAMissInLookups()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Update(Prefix(33, 10, 0, 0, 0), new byte[8])));
        Assert.False(map.TryLookup(Prefix(33, 10, 0, 0, 0), new byte[8]));
    }

    [Fact]
    public void Delete_RequiresTheExactPrefix()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        map.Update(Prefix(8, 10, 0, 0, 0), new byte[8]);
        Assert.False(map.Delete(Prefix(32, 10, 0, 0, 1)));
        Assert.True(map.Delete(Prefix(8, 10, 0, 0, 0)));
    }

    [Fact]
    public void LookupAndDelete_IsNotSupported()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        Assert.Equal(
            Errno.ENOTSUPP,
            Assert.Throws<BpfNotSupportedException>(() => map.TryLookupAndDelete(Prefix(8, 10, 0, 0, 0), new byte[8])).Errno
        );
    }

    [Fact]
    public void NewPrefixInAFullTrie_IsFull()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8, maxEntries: 2);
        TestMaps.Fill(map, 2);
        Assert.Equal(BpfUpdateResult.Full, map.Update(Prefix(32, 99, 0, 0, 0), new byte[8]));
    }

    [Fact]
    public void UpdateFlags_DistinguishPresentFromMissing()
    {
        TestHost.RequireFeature(KernelFeature.TrieFlags);
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        Assert.Equal(BpfUpdateResult.NotFound, map.Update(Prefix(8, 10, 0, 0, 0), new byte[8], BpfUpdateFlags.Exist));
        Assert.Equal(BpfUpdateResult.Ok, map.Update(Prefix(8, 10, 0, 0, 0), new byte[8], BpfUpdateFlags.NoExist));
        Assert.Equal(BpfUpdateResult.AlreadyExists, map.Update(Prefix(8, 10, 0, 0, 0), new byte[8], BpfUpdateFlags.NoExist));
    }

    [Fact]
    public void DeleteOfAPrefixLongerThanTheKey_FailsWithEinval()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Delete(Prefix(33, 10, 0, 0, 0))));
    }

    [Fact]
    public void FlagsThatATrieDoesNotSupport_FailWithEinval()
    {
        TestHost.RequireFeature(KernelFeature.TrieFlags);
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        byte[] key = Prefix(8, 10, 0, 0, 0);
        Assert.All(
            [3ul, 4ul, 8ul, 1ul << 40],
            flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.Update(key, new byte[8], (BpfUpdateFlags)flags)))
        );
        Assert.All(
            [1ul, 4ul],
            flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => map.TryLookup(key, new byte[8], (BpfLookupFlags)flags)))
        );
        Assert.Empty(map.Keys);
    }

    [Fact]
    public void Keys_AreReturnedLongestPrefixFirstAndZeroBeforeOne()
    {
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        byte[][] prefixes =
        [
            Prefix(32, 10, 0, 0, 1),
            Prefix(16, 10, 0, 0, 0),
            Prefix(16, 10, 1, 0, 0),
            Prefix(8, 10, 0, 0, 0),
            Prefix(8, 192, 0, 0, 0),
            Prefix(0, 0, 0, 0, 0),
        ];
        foreach (byte[] prefix in prefixes.Reverse())
            map.Update(prefix, new byte[8]);
        Assert.Equal(prefixes, map.Keys.ToArray());
        byte[] next = new byte[8];
        Assert.True(map.TryGetNextKey(prefixes[2], next));
        Assert.Equal(prefixes[3], next);
        Assert.False(map.TryGetNextKey(prefixes[^1], next));
        Assert.True(map.TryGetNextKey(Prefix(24, 10, 0, 0, 0), next));
        Assert.Equal(prefixes[0], next);
    }

    [Fact]
    public void BitsAfterThePrefix_AreIgnoredAndKept()
    {
        TestHost.RequireFeature(KernelFeature.TrieFlags);
        using RawMap map = TestMaps.Create(BpfMapType.LpmTrie, keySize: 8);
        map.Update(Prefix(8, 10, 1, 2, 3), TestMaps.Bytes(1L));
        Assert.Equal(BpfUpdateResult.AlreadyExists, map.Update(Prefix(8, 10, 9, 9, 9), TestMaps.Bytes(2L), BpfUpdateFlags.NoExist));
        Assert.Equal(Prefix(8, 10, 1, 2, 3), Assert.Single(map.Keys));
        map.Update(Prefix(8, 10, 9, 9, 9), TestMaps.Bytes(2L));
        Assert.Equal(Prefix(8, 10, 9, 9, 9), Assert.Single(map.Keys));
        Assert.True(map.Delete(Prefix(8, 10, 0, 0, 0)));
    }

    private static long Match(RawMap map, params byte[] address)
    {
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(Prefix(32, address), value), $"Nothing matches {string.Join('.', address)}.");
        return BitConverter.ToInt64(value);
    }

    private static byte[] Prefix(int length, params byte[] address) => [.. TestMaps.Bytes(length), .. address];
}
