namespace BpfMaps.Tests;

public sealed class MapKindMatrixTests
{
    private static readonly AnswerMatrix s_answers = new("""
        Kind                 Update      miss        Lookup      NextKey     LkpDelete  Delete      LkpBatch  LkpDelBatch  UpdBatch  DelBatch  Freeze
        Hash                 OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        Array                OK          OK          OK          OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        PerCpuHash           OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        PerCpuArray          OK          OK          OK          OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        LruHash              OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        LruPerCpuHash        OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        LpmTrie              OK          miss        OK          OK          ENOTSUPP   OK          OK        ENOTSUPP     OK        OK        OK
        ArrayOfMaps          OK          miss        OK          OK          ENOTSUPP   OK          OK        ENOTSUPP     OK        ENOTSUPP  OK
        HashOfMaps           OK          miss        OK          OK          ENOTSUPP   OK          OK        OK           OK        OK        OK
        Queue                OK          miss        OK          EINVAL      OK         EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        Stack                OK          miss        OK          EINVAL      OK         EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        RingBuf              ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        BloomFilter          OK          miss        OK          EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
        UserRingBuf          ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        """);

    public static TheoryData<BpfMapType, bool, MapOperation, string> Cells => s_answers.Cells();

    [Theory]
    [MemberData(nameof(Cells))]
    public void OperationOnAKind_AnswersAsTheKernelDoes(BpfMapType type, bool isFilled, MapOperation operation, string expected)
    {
        TestHost.AnswersLikeLinux(6, 18);
        using SampleMap sample = SampleMap.Of(type);
        Assert.Equal(expected, Answer.Of(sample, isFilled, operation));
    }

    [Fact]
    public void Matrix_HasEveryKindOfTheSuite() => Assert.Equal(SampleMap.Kinds, s_answers.Kinds);

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    [InlineData(BpfMapType.BloomFilter)]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    public void BatchOfKeysOnAKindWithoutKeys_IsRefusedBeforeTheCall(BpfMapType type)
    {
        using SampleMap sample = SampleMap.Of(type);
        var update = Assert.Throws<InvalidOperationException>(() => sample.Map.UpdateBatch(default, default, out _));
        var delete = Assert.Throws<InvalidOperationException>(() => sample.Map.DeleteBatch(default, out _));
        Assert.All([update, delete], refusal => Assert.Contains("has no keys", refusal.Message, StringComparison.Ordinal));
    }
}
