namespace BpfMaps.Tests;

/// <summary>Tests of what a host accepts and rejects for each map type, without the checks of <see cref="RawMap"/>.</summary>
public sealed class CreationErrnoTests : IDisposable
{
    private const BpfMapFlags Access = BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly;
    private const BpfMapFlags ProgramAccess = BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram;
    private const BpfMapFlags OfHashes = BpfMapFlags.ZeroSeed | Access | ProgramAccess;
    private const BpfMapFlags OfLines = BpfMapFlags.NumaNode | Access | ProgramAccess;

    private static readonly Dictionary<BpfMapType, BpfMapFlags> s_flags = new()
    {
        [BpfMapType.Hash] = OfHashes | BpfMapFlags.NoPrealloc | BpfMapFlags.NumaNode,
        [BpfMapType.PerCpuHash] = OfHashes | BpfMapFlags.NoPrealloc,
        [BpfMapType.LruHash] = OfHashes | BpfMapFlags.NoCommonLru | BpfMapFlags.NumaNode,
        [BpfMapType.LruPerCpuHash] = OfHashes | BpfMapFlags.NoCommonLru,
        [BpfMapType.HashOfMaps] = OfHashes | BpfMapFlags.NoPrealloc | BpfMapFlags.NumaNode,
        [BpfMapType.Array] = OfLines | BpfMapFlags.Mmapable | BpfMapFlags.InnerMap,
        [BpfMapType.PerCpuArray] = Access | ProgramAccess,
        [BpfMapType.ArrayOfMaps] = BpfMapFlags.NumaNode | Access,
        [BpfMapType.LpmTrie] = OfLines | BpfMapFlags.NoPrealloc,
        [BpfMapType.Queue] = OfLines,
        [BpfMapType.Stack] = OfLines,
        [BpfMapType.BloomFilter] = OfLines | BpfMapFlags.ZeroSeed,
        [BpfMapType.RingBuf] = BpfMapFlags.NumaNode | (OtherKernel.RingsOverwrite ? (BpfMapFlags)(1u << 19) : 0),
        [BpfMapType.UserRingBuf] = BpfMapFlags.NumaNode,
    };

    private readonly RawMap _inner = TestMaps.Create(BpfMapType.Hash);

    public static TheoryData<BpfMapType> Kinds => [.. SampleMap.Kinds];

    public static TheoryData<BpfMapType> Arrays => [BpfMapType.Array, BpfMapType.PerCpuArray, BpfMapType.ArrayOfMaps];

    public static TheoryData<BpfMapType> Hashes =>
        [BpfMapType.Hash, BpfMapType.LruHash, BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash, BpfMapType.HashOfMaps];

    public static TheoryData<BpfMapType> Keyless =>
        [BpfMapType.Queue, BpfMapType.Stack, BpfMapType.BloomFilter, BpfMapType.RingBuf, BpfMapType.UserRingBuf];

    public static TheoryData<BpfMapType> Rings => [BpfMapType.RingBuf, BpfMapType.UserRingBuf];

    public static TheoryData<BpfMapType> PerCpuKinds => [BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash, BpfMapType.PerCpuArray];

    public void Dispose() => _inner.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachFlag_IsAcceptedOnlyByItsMapTypes(BpfMapType type)
    {
        for (int bit = 0; bit < 32; bit++)
        {
            BpfMapFlags flag = (BpfMapFlags)(1u << bit);
            bool isLru = type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash;
            int expected =
                s_flags[type].HasFlag(flag) ? Errno.Ok
                : isLru && flag == BpfMapFlags.NoPrealloc ? Errno.ENOTSUPP
                : Errno.EINVAL;
            Assert.Equal((flag, Errno.Name(expected)), (flag, Errno.Name(Create(type, spec => spec with { Flags = spec.Flags | flag }))));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ReadOnlyAndWriteOnly_FailWithEinval(BpfMapType type)
    {
        AssertRefused(Errno.EINVAL, type, spec => spec with { Flags = spec.Flags | Access });
        AssertRefused(Errno.EINVAL, type, spec => spec with { Flags = spec.Flags | ProgramAccess });
    }

    [Fact]
    public void TrieWithPreallocation_FailsWithEinval() =>
        AssertRefused(Errno.EINVAL, BpfMapType.LpmTrie, spec => spec with { Flags = BpfMapFlags.None });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ZeroEntries_FailWithEinval(BpfMapType type) => AssertRefused(Errno.EINVAL, type, spec => spec with { MaxEntries = 0 });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ValueSizeZero_FailsWithEinvalExceptForRings(BpfMapType type)
    {
        bool isRing = type is BpfMapType.RingBuf or BpfMapType.UserRingBuf;
        Assert.Equal(isRing ? Errno.Ok : Errno.EINVAL, Create(type, spec => spec with { ValueSize = 0 }));
    }

    [Theory]
    [MemberData(nameof(Arrays))]
    public void ArrayKeyThatIsNotAnIndex_FailsWithEinval(BpfMapType type) =>
        Assert.All([0, 1, 8], keySize => AssertRefused(Errno.EINVAL, type, spec => spec with { KeySize = keySize }));

    [Theory]
    [MemberData(nameof(Hashes))]
    public void KeySizeZero_FailsWithEinvalForHashes(BpfMapType type) =>
        AssertRefused(Errno.EINVAL, type, spec => spec with { KeySize = 0 });

    [Theory]
    [MemberData(nameof(Keyless))]
    public void KeyOfAMapTypeWithoutKeys_FailsWithEinval(BpfMapType type) =>
        AssertRefused(Errno.EINVAL, type, spec => spec with { KeySize = 4 });

    [Fact]
    public void TrieKey_HasALengthAndOneTo256Bytes()
    {
        Assert.All([0, 4, 261], keySize => AssertRefused(Errno.EINVAL, BpfMapType.LpmTrie, spec => spec with { KeySize = keySize }));
        Assert.All([5, 260], keySize => Assert.Equal(Errno.Ok, Create(BpfMapType.LpmTrie, spec => spec with { KeySize = keySize })));
    }

    [Theory]
    [MemberData(nameof(Rings))]
    public void RingSizeThatIsNotAPowerOfTwoPages_FailsWithEinval(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.MapType(type));
        uint page = (uint)Environment.SystemPageSize;
        Assert.All([page / 2, page + 1, 3 * page], size => AssertRefused(Errno.EINVAL, type, spec => spec with { MaxEntries = size }));
        Assert.All([page, 4 * page], size => Assert.Equal(Errno.Ok, Create(type, spec => spec with { MaxEntries = size })));
    }

    [Theory]
    [MemberData(nameof(Rings))]
    public void RingWithAValueSize_FailsWithEinval(BpfMapType type) =>
        AssertRefused(Errno.EINVAL, type, spec => spec with { ValueSize = 8 });

    [Theory]
    [MemberData(nameof(PerCpuKinds))]
    public void PerCpuValue_IsAtMost32KiB(BpfMapType type)
    {
        Assert.Equal(Errno.Ok, Create(type, spec => spec with { ValueSize = 32 * 1024 }));
        Assert.Contains(Create(type, spec => spec with { ValueSize = (32 * 1024) + 1 }), OtherKernel.TooLargePerCpuValue);
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.PerCpuHash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    public void HashKeyLargerThanAnAllocation_FailsWithE2big(BpfMapType type) =>
        AssertRefused(Errno.E2BIG, type, spec => spec with { KeySize = 64 << 20 });

    [Theory]
    [InlineData(BpfMapType.Hash, 64 << 20, Errno.E2BIG)]
    [InlineData(BpfMapType.Queue, 64 << 20, Errno.E2BIG)]
    [InlineData(BpfMapType.Stack, 64 << 20, Errno.E2BIG)]
    [InlineData(BpfMapType.BloomFilter, 64 << 20, Errno.E2BIG)]
    [InlineData(BpfMapType.LpmTrie, 64 << 20, Errno.EINVAL)]
    public void ValueLargerThanAnAllocation_IsRejected(BpfMapType type, int valueSize, int errno) =>
        AssertRefused(errno, type, spec => spec with { ValueSize = valueSize });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MapExtra_IsTheNumberOfHashFunctionsOfABloomFilter(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.MapType(type));
        bool isBloomFilter = type == BpfMapType.BloomFilter;
        Assert.All(
            [1ul, 15ul],
            extra => Assert.Equal(isBloomFilter ? Errno.Ok : Errno.EINVAL, Create(type, spec => spec with { MapExtra = extra }))
        );
        AssertRefused(Errno.EINVAL, type, spec => spec with { MapExtra = 16 });
    }

    [Theory]
    [InlineData(BpfMapType.ArrayOfMaps)]
    [InlineData(BpfMapType.HashOfMaps)]
    public void MissingOrNestedTemplate_FailsWithEinval(BpfMapType type)
    {
        using SampleMap outer = SampleMap.Of(type);
        AssertRefused(Errno.EINVAL, type, spec => spec with { InnerMap = outer.Map });
        AssertRefused(Errno.EINVAL, type, spec => spec with { ValueSize = 8 });
        Assert.NotEqual(Errno.Ok, Create(type, spec => spec with { InnerMap = null }));
    }

    private int Create(BpfMapType type, Func<BpfMapSpec, BpfMapSpec> change) =>
        TestMaps.CreateErrno(change(SampleMap.Specification(type, _inner)));

    private void AssertRefused(int errno, BpfMapType type, Func<BpfMapSpec, BpfMapSpec> change) =>
        Assert.Equal(Errno.Name(errno), Errno.Name(Create(type, change)));
}
