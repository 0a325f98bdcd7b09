namespace BpfMaps.Tests;

public sealed class CreationTests
{
    [Theory]
    [InlineData(BpfMapType.BloomFilter, 0, 16ul, "must be 1 to 15, not 16")]
    [InlineData(BpfMapType.Array, 4, 3ul, "it must be 0, not 3")]
    public void InvalidMapExtra_IsExplained(BpfMapType type, int keySize, ulong mapExtra, string rule) =>
        BrokenSpecification.Check(
            new()
            {
                Type = type,
                Name = "broken",
                KeySize = keySize,
                ValueSize = 8,
                MaxEntries = 16,
                MapExtra = mapExtra,
            },
            Errno.EINVAL,
            rule
        );

    [Theory]
    [InlineData(BpfMapType.Hash, 0, 8, 16u, BpfMapFlags.None, Errno.EINVAL, "key_size is 0")]
    [InlineData(BpfMapType.Hash, 4, 0, 16u, BpfMapFlags.None, Errno.EINVAL, "value_size is 0")]
    [InlineData(BpfMapType.Hash, 4, 8, 0u, BpfMapFlags.None, Errno.EINVAL, "max_entries is 0")]
    [InlineData(
        BpfMapType.Hash,
        4,
        8,
        16u,
        BpfMapFlags.Mmapable,
        Errno.EINVAL,
        "Maps of type Hash cannot be created with BpfMapFlags.Mmapable"
    )]
    [InlineData(
        BpfMapType.PerCpuArray,
        4,
        8,
        16u,
        BpfMapFlags.Mmapable,
        Errno.EINVAL,
        "Maps of type PerCpuArray cannot be created with BpfMapFlags.Mmapable"
    )]
    [InlineData(BpfMapType.Array, 8, 8, 16u, BpfMapFlags.None, Errno.EINVAL, "key_size must be 4, not 8")]
    [InlineData(BpfMapType.Array, 4, 0, 16u, BpfMapFlags.None, Errno.EINVAL, "value_size is 0")]
    [InlineData(
        BpfMapType.Array,
        4,
        8,
        16u,
        BpfMapFlags.NoPrealloc,
        Errno.EINVAL,
        "Maps of type Array cannot be created with BpfMapFlags.NoPrealloc"
    )]
    [InlineData(BpfMapType.Queue, 4, 8, 16u, BpfMapFlags.None, Errno.EINVAL, "key_size must be 0, not 4")]
    [InlineData(BpfMapType.BloomFilter, 4, 8, 16u, BpfMapFlags.None, Errno.EINVAL, "key_size must be 0, not 4")]
    [InlineData(BpfMapType.LpmTrie, 8, 8, 16u, BpfMapFlags.None, Errno.EINVAL, "must be created with BpfMapFlags.NoPrealloc")]
    [InlineData(BpfMapType.RingBuf, 0, 0, 4097u, BpfMapFlags.None, Errno.EINVAL, "a power of two and a multiple of the page size")]
    [InlineData(BpfMapType.RingBuf, 0, 0, 1024u, BpfMapFlags.None, Errno.EINVAL, "a power of two and a multiple of the page size")]
    [InlineData(BpfMapType.RingBuf, 4, 0, 65536u, BpfMapFlags.None, Errno.EINVAL, "key_size must be 0, not 4")]
    [InlineData(BpfMapType.UserRingBuf, 0, 0, 3u * 65536, BpfMapFlags.None, Errno.EINVAL, "a power of two and a multiple of the page size")]
    [InlineData(
        BpfMapType.LruHash,
        4,
        8,
        16u,
        BpfMapFlags.NoPrealloc,
        Errno.ENOTSUPP,
        "Maps of type LruHash cannot be created with BpfMapFlags.NoPrealloc"
    )]
    [InlineData(BpfMapType.HashOfMaps, 4, 4, 16u, BpfMapFlags.None, Errno.EINVAL, "set BpfMapSpec.InnerMap")]
    [InlineData(BpfMapType.ArrayOfMaps, 4, 4, 16u, BpfMapFlags.None, Errno.EINVAL, "set BpfMapSpec.InnerMap")]
    [InlineData(BpfMapType.Hash, 64 << 20, 8, 16u, BpfMapFlags.None, Errno.E2BIG, "exceeds the limit of this kernel")]
    public void InvalidSpecification_FailsWithTheViolatedRule(
        BpfMapType type,
        int keySize,
        int valueSize,
        uint maxEntries,
        BpfMapFlags flags,
        int errno,
        string rule
    )
    {
        BpfMapSpec spec = new()
        {
            Type = type,
            Name = "broken",
            KeySize = keySize,
            ValueSize = valueSize,
            MaxEntries = maxEntries,
            Flags = flags,
        };
        BrokenSpecification.Check(spec, errno, rule);
    }

    [Fact]
    public void TooLargePerCpuValue_FailsWithTheLimit()
    {
        BpfException refusal = Assert.ThrowsAny<BpfException>(() => TestMaps.Create(BpfMapType.PerCpuArray, valueSize: 40_000));
        Assert.Contains(refusal.Errno, OtherKernel.TooLargePerCpuValue);
        Assert.Contains("exceeds the limit of per-CPU values, 32768", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(4096)]
    public void ShortAndLongHashKeys_AreAccepted(int keySize)
    {
        if (keySize > KernelLimits.LargestKey)
            TestHost.RequireFeature(KernelFeature.LargeHashKeys);
        using RawMap map = TestMaps.Create(BpfMapType.Hash, keySize: keySize);
        TestMaps.Fill(map, 3);
        Assert.Equal(3, map.Keys.Count());
    }

    [Fact]
    public void MapTypeThatTheHostDoesNotSupport_IsNotSupported()
    {
        var refusal = Assert.Throws<BpfNotSupportedException>(() =>
            TestMaps.Create(
                new BpfMapSpec
                {
                    Type = (BpfMapType)999,
                    KeySize = 4,
                    ValueSize = 4,
                    MaxEntries = 1,
                }
            )
        );
        Assert.Contains("does not support maps of type 999", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sixteen_letters_")]
    [InlineData("with-dash")]
    [InlineData("with space")]
    public void InvalidName_FailsWithEinval(string name) =>
        Assert.Equal(Errno.EINVAL, TestMaps.CreateErrno(SampleMap.Specification(BpfMapType.Array, innerMap: null) with { Name = name }));

    [Theory]
    [InlineData("with.dot")]
    [InlineData("fifteen_letters")]
    [InlineData("")]
    public void ValidName_IsOk(string name) =>
        Assert.Equal(Errno.Ok, TestMaps.CreateErrno(SampleMap.Specification(BpfMapType.Array, innerMap: null) with { Name = name }));

    [Theory]
    [InlineData("", "has 0 characters")]
    [InlineData("sixteen_letters_", "has 16 characters")]
    [InlineData("with-dash", "has '-' at position 4")]
    [InlineData("with space", "has ' ' at position 4")]
    [InlineData("umlaut_\u00fc", "has '\u00fc' at position 7")]
    public void NameWithInvalidCharacters_ThrowsArgumentExceptionBeforeTheCall(string name, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() => TestMaps.Create(BpfMapType.Array, name: name));
        Assert.Equal("name", refusal.ParamName);
        Assert.Contains($"'{name}' {reason}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("fifteen.letters")]
    [InlineData("A_z.09")]
    public void ValidName_IsReadBackInTheInfo(string name)
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array, name: name);
        Assert.Equal(name, map.Name);
    }

    [Fact]
    public void MapWithoutAName_HasAnEmptyName()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array, name: null);
        Assert.Equal("", map.Name);
        Assert.Equal($"(Array, id {map.Info.Id})", map.ToString());
    }

    [Theory]
    [InlineData(-1, 8)]
    [InlineData(4, -1)]
    public void NegativeSize_ThrowsArgumentException(int keySize, int valueSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TestMaps.Create(BpfMapType.Hash, keySize, valueSize));

    [Fact]
    public void DisposedInnerMap_FailsWithEbadf()
    {
        RawMap inner = TestMaps.Create(BpfMapType.Hash);
        inner.Dispose();
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.ArrayOfMaps,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 1,
            InnerMap = inner,
        };
        Assert.Equal(Errno.EBADF, TestMaps.Errno(() => TestMaps.Create(spec)));
    }
}
