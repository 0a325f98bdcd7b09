namespace BpfMaps.Tests;

/// <summary>The kinds that only a kernel has; the suite that every host runs has the others.</summary>
public sealed class ObjectMapMatrixTests
{
    private static readonly AnswerMatrix s_answers = new("""
        Kind                 Update      miss        Lookup      NextKey     LkpDelete  Delete      LkpBatch  LkpDelBatch  UpdBatch  DelBatch  Freeze
        ProgArray            OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerfEventArray       OK          ENOTSUPP    ENOTSUPP    OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        StackTrace           EINVAL      miss        miss        miss        miss       miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupArray          OK          ENOTSUPP    ENOTSUPP    OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        DevMap               OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockMap              OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CpuMap               OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        XskMap               EBADF       EOPNOTSUPP  EOPNOTSUPP  OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockHash             OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupStorage        NotFound    miss        miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        ReusePortSockArray   OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerCpuCgroupStorage  NotFound    miss        miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SkStorage            OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        DevMapHash           OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        InodeStorage         OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        TaskStorage          OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        CgrpStorage          OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        Arena                EOPNOTSUPP  EINVAL      EINVAL      EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
        """);

    public static TheoryData<BpfMapType, bool, MapOperation, string> Cells => s_answers.Cells();

    [Theory]
    [MemberData(nameof(Cells))]
    public void OperationOnAKind_AnswersAsTheKernelDoes(BpfMapType type, bool isFilled, MapOperation operation, string expected)
    {
        Require.KernelVersion(6, 18);
        using SampleMap sample = KernelSample.Of(type);
        Assert.Equal(expected, Answer.Of(sample, isFilled, operation));
    }

    [Fact]
    public void Matrices_HaveEveryKindThatCanBeCreatedWithoutAKernelStructure()
    {
        IEnumerable<BpfMapType> kinds = Enum.GetValues<BpfMapType>().Except([BpfMapType.Unspecified, BpfMapType.StructOps]);
        Assert.Equal(kinds, s_answers.Kinds.Concat(SampleMap.Kinds).Order());
    }

    [Fact]
    public void BatchOfKeysOnAnArena_IsRefusedBeforeTheCall()
    {
        using SampleMap sample = KernelSample.Of(BpfMapType.Arena);
        Assert.Contains("has no keys", Assert.Throws<InvalidOperationException>(() => sample.Map.UpdateBatch(default, default, out _)).Message, StringComparison.Ordinal);
    }
}
