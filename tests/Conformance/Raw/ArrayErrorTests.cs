namespace BpfMaps.Tests;

public sealed class ArrayErrorTests
{
    private const int Length = 4;
    private static readonly byte[] s_inside = TestMaps.Bytes(1);
    private static readonly byte[] s_outside = TestMaps.Bytes(Length);

    public static TheoryData<BpfMapType> Kinds => [BpfMapType.Array, BpfMapType.PerCpuArray];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UpdateWithNoExist_IsAlreadyExistsBecauseEveryElementIsThere(BpfMapType type)
    {
        using SizedArray array = new(type);
        Assert.Equal(BpfUpdateResult.AlreadyExists, array.Update(s_inside, BpfUpdateFlags.NoExist));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UpdateWithExist_IsOk(BpfMapType type)
    {
        using SizedArray array = new(type);
        Assert.Equal(BpfUpdateResult.Ok, array.Update(s_inside, BpfUpdateFlags.Exist));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UpdatePastTheEnd_IsFull(BpfMapType type)
    {
        using SizedArray array = new(type);
        Assert.Equal(BpfUpdateResult.Full, array.Update(s_outside, BpfUpdateFlags.Any));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LookupPastTheEnd_IsAMiss(BpfMapType type)
    {
        using SizedArray array = new(type);
        Assert.False(array.Lookup(s_outside));
        Assert.True(array.Lookup(s_inside));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Delete_IsEinvalAndSaysWhy(BpfMapType type)
    {
        using SizedArray array = new(type);
        var refusal = Assert.Throws<BpfException>(() => array.Map.Delete(s_inside));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("Elements of an array cannot be removed.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LookupAndDelete_IsNotSupported(BpfMapType type)
    {
        using SizedArray array = new(type);
        var refusal = Assert.Throws<BpfNotSupportedException>(() => array.LookupAndDelete(s_inside));
        Assert.Equal(Errno.ENOTSUPP, refusal.Errno);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NextKey_OfTheLastIsNoneAndOfOneOutsideIsTheFirst(BpfMapType type)
    {
        using SizedArray array = new(type);
        byte[] next = new byte[4];
        Assert.False(array.Map.TryGetNextKey(TestMaps.Bytes(Length - 1), next));
        Assert.True(array.Map.TryGetNextKey(s_outside, next));
        Assert.Equal(TestMaps.Bytes(0), next);
        Assert.True(array.Map.TryGetNextKey(TestMaps.Bytes(0), next));
        Assert.Equal(TestMaps.Bytes(1), next);
    }

    [Fact]
    public void FreshArray_IsZero()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array, maxEntries: Length);
        byte[] value = [1, 1, 1, 1, 1, 1, 1, 1];
        Assert.True(map.TryLookup(s_inside, value));
        Assert.Equal(new byte[8], value);
    }

    /// <summary>An array of either kind, with the calls that its kind takes.</summary>
    private sealed class SizedArray(BpfMapType type) : IDisposable
    {
        public RawMap Map { get; } = TestMaps.Create(type, maxEntries: Length);

        public BpfUpdateResult Update(byte[] key, BpfUpdateFlags flags) => Map.PerCpuValueSize != 0
            ? Map.UpdatePerCpu(key, new byte[Map.PerCpuValueSize], flags)
            : Map.Update(key, new byte[Map.ValueSize], flags);

        public bool Lookup(byte[] key) => Map.PerCpuValueSize != 0
            ? Map.TryLookupPerCpu(key, new byte[Map.PerCpuValueSize])
            : Map.TryLookup(key, new byte[Map.ValueSize]);

        public bool LookupAndDelete(byte[] key) => Map.PerCpuValueSize != 0
            ? Map.TryLookupAndDeletePerCpu(key, new byte[Map.PerCpuValueSize])
            : Map.TryLookupAndDelete(key, new byte[Map.ValueSize]);

        public void Dispose() => Map.Dispose();
    }
}
