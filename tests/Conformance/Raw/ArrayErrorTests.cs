namespace BpfMaps.Tests;

public sealed class ArrayErrorTests
{
    private const int Length = 4;
    private static readonly byte[] s_inside = TestMaps.Bytes(1);
    private static readonly byte[] s_outside = TestMaps.Bytes(Length);

    public static TheoryData<BpfMapType> Kinds => [BpfMapType.Array, BpfMapType.PerCpuArray];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UpdateWithNoExist_IsAlreadyExistsForEveryElement(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        Assert.Equal(BpfUpdateResult.AlreadyExists, TestMaps.Put(array, s_inside, 1, BpfUpdateFlags.NoExist));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UpdateWithExist_IsOk(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        Assert.Equal(BpfUpdateResult.Ok, TestMaps.Put(array, s_inside, 1, BpfUpdateFlags.Exist));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UpdatePastTheEnd_IsFull(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        Assert.Equal(BpfUpdateResult.Full, TestMaps.Put(array, s_outside, 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LookupPastTheEnd_IsAMiss(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        Assert.Null(TestMaps.Get(array, s_outside));
        TestMaps.Put(array, s_inside, 1);
        Assert.Equal(1u, TestMaps.Get(array, s_inside));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Delete_FailsWithEinvalAndExplainsWhy(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        var refusal = Assert.Throws<BpfException>(() => array.Delete(s_inside));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("Elements of an array cannot be removed.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LookupAndDelete_IsNotSupported(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        var refusal = Assert.Throws<BpfNotSupportedException>(() => TestMaps.Take(array, s_inside));
        Assert.Equal(Errno.ENOTSUPP, refusal.Errno);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NextKey_EndsAfterTheLastAndRestartsForAnIndexOutside(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        byte[] next = new byte[4];
        Assert.False(array.TryGetNextKey(TestMaps.Bytes(Length - 1), next));
        Assert.True(array.TryGetNextKey(s_outside, next));
        Assert.Equal(TestMaps.Bytes(0), next);
        Assert.True(array.TryGetNextKey(TestMaps.Bytes(0), next));
        Assert.Equal(TestMaps.Bytes(1), next);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FlagsThatAnArrayDoesNotSupport_FailWithEinval(BpfMapType type)
    {
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        TestMaps.Put(array, s_inside, 1);
        Assert.All(
            OtherKernel.Refused(type, 3, 4, 32, 1ul << 40),
            flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Put(array, s_inside, 2, (BpfUpdateFlags)flags)))
        );
        Assert.All(
            [1ul, 4ul, 1ul << 40],
            flags => Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Get(array, s_inside, (BpfLookupFlags)flags)))
        );
        Assert.Equal(1u, TestMaps.Get(array, s_inside));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FreshArray_IsZero(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        using RawMap array = TestMaps.Create(type, maxEntries: Length);
        using BpfBatchCursor cursor = array.LookupBatch(Length);
        Assert.True(cursor.MoveNext());
        Assert.Equal(Length, cursor.Count);
        Assert.Equal(new byte[Length * array.ElementValueSize], cursor.Values);
    }
}
