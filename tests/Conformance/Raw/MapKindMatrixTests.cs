namespace BpfMaps.Tests;

/// <summary>Tests of every operation on every map type.</summary>
public sealed class MapKindMatrixTests
{
    private static readonly AnswerMatrix s_ofEmptyMaps = new(
        """
        Kind           Update    Lookup    NextKey     LkpDelete  Delete      LkpBatch  LkpDelBatch  UpdBatch  DelBatch  Freeze
        Hash           OK        miss      miss        miss       miss        miss      miss         OK        miss      OK
        Array          OK        OK        OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        PerCpuHash     OK        miss      miss        miss       miss        miss      miss         OK        miss      OK
        PerCpuArray    OK        OK        OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        LruHash        OK        miss      miss        miss       miss        miss      miss         OK        miss      OK
        LruPerCpuHash  OK        miss      miss        miss       miss        miss      miss         OK        miss      OK
        LpmTrie        OK        miss      miss        ENOTSUPP   miss        miss      ENOTSUPP     OK        miss      OK
        ArrayOfMaps    OK        miss      OK          ENOTSUPP   miss        miss      ENOTSUPP     OK        ENOTSUPP  OK
        HashOfMaps     OK        miss      miss        ENOTSUPP   miss        miss      miss         OK        miss      OK
        Queue          OK        miss      EINVAL      miss       EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        Stack          OK        miss      EINVAL      miss       EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        RingBuf        ENOTSUPP  ENOTSUPP  ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        BloomFilter    OK        miss      EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
        UserRingBuf    ENOTSUPP  ENOTSUPP  ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        """
    );

    private static readonly AnswerMatrix s_ofFilledMaps = new(
        """
        Kind           Update    Lookup    NextKey     LkpDelete  Delete      LkpBatch  LkpDelBatch  UpdBatch  DelBatch  Freeze
        Hash           OK        OK        OK          OK         OK          OK        OK           OK        OK        OK
        Array          OK        OK        OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        PerCpuHash     OK        OK        OK          OK         OK          OK        OK           OK        OK        OK
        PerCpuArray    OK        OK        OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        LruHash        OK        OK        OK          OK         OK          OK        OK           OK        OK        OK
        LruPerCpuHash  OK        OK        OK          OK         OK          OK        OK           OK        OK        OK
        LpmTrie        OK        OK        OK          ENOTSUPP   OK          OK        ENOTSUPP     OK        OK        OK
        ArrayOfMaps    OK        OK        OK          ENOTSUPP   OK          OK        ENOTSUPP     OK        ENOTSUPP  OK
        HashOfMaps     OK        OK        OK          ENOTSUPP   OK          OK        OK           OK        OK        OK
        Queue          OK        OK        EINVAL      OK         EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        Stack          OK        OK        EINVAL      OK         EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        RingBuf        ENOTSUPP  ENOTSUPP  ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        BloomFilter    OK        OK        EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
        UserRingBuf    ENOTSUPP  ENOTSUPP  ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        """
    );

    public static TheoryData<BpfMapType, MapOperation, string> EmptyCells => s_ofEmptyMaps.Cells();

    public static TheoryData<BpfMapType, MapOperation, string> FilledCells => s_ofFilledMaps.Cells();

    [Theory]
    [MemberData(nameof(EmptyCells))]
    public void OperationOnAnEmptyMap_HasTheKernelsResult(BpfMapType type, MapOperation operation, string expected) =>
        AssertAnswers(type, MapState.Empty, operation, expected);

    [Theory]
    [MemberData(nameof(FilledCells))]
    public void OperationOnAMapWithTheKey_HasTheKernelsResult(BpfMapType type, MapOperation operation, string expected) =>
        AssertAnswers(type, MapState.Filled, operation, expected);

    [Theory]
    [MemberData(nameof(FilledCells))]
    public void FrozenMap_AllowsReadsAndFailsOthersWithEperm(BpfMapType type, MapOperation operation, string otherwise) =>
        AssertAnswers(type, MapState.Frozen, operation, Answer.Writes(operation) ? "EPERM" : otherwise);

    [Theory]
    [MemberData(nameof(FilledCells))]
    public void ReadOnlyDescriptor_AllowsReadsAndFailsOthersWithEperm(BpfMapType type, MapOperation operation, string otherwise) =>
        AssertAnswers(type, MapState.ReadOnly, operation, Answer.Writes(operation) ? "EPERM" : otherwise);

    [Theory]
    [MemberData(nameof(FilledCells))]
    public void WriteOnlyDescriptor_AllowsWritesAndFailsOthersWithEperm(BpfMapType type, MapOperation operation, string otherwise) =>
        AssertAnswers(type, MapState.WriteOnly, operation, Answer.Reads(operation) ? "EPERM" : otherwise);

    [Fact]
    public void Matrix_HasEveryMapTypeOfTheSuite()
    {
        Assert.Equal(SampleMap.Kinds, s_ofEmptyMaps.Kinds);
        Assert.Equal(SampleMap.Kinds, s_ofFilledMaps.Kinds);
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    [InlineData(BpfMapType.BloomFilter)]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    public void KeyBatchOnAMapTypeWithoutKeys_IsRejectedBeforeTheCall(BpfMapType type)
    {
        using SampleMap sample = SampleMap.Of(type);
        var update = Assert.Throws<InvalidOperationException>(() => sample.Map.UpdateBatch(default, default, out _));
        var delete = Assert.Throws<InvalidOperationException>(() => sample.Map.DeleteBatch(default, out _));
        Assert.All([update, delete], refusal => Assert.Contains("has no keys", refusal.Message, StringComparison.Ordinal));
    }

    private static void AssertAnswers(BpfMapType type, MapState state, MapOperation operation, string expected)
    {
        using SampleMap sample = SampleMap.Of(type);
        Assert.Equal(OtherKernel.Answer(type, state, operation, expected), Answer.Of(sample, state, operation));
    }
}
