namespace BpfMaps.Tests;

/// <summary>Tests of every operation on map types that only the kernel supports. The conformance suite tests the others.</summary>
public sealed class ObjectMapMatrixTests
{
    private static readonly AnswerMatrix s_ofEmptyMaps = new(
        """
        Kind                 Update      Lookup      NextKey     LkpDelete  Delete      LkpBatch  LkpDelBatch  UpdBatch  DelBatch  Freeze
        ProgArray            OK          miss        OK          ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerfEventArray       OK          ENOTSUPP    OK          ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        StackTrace           EINVAL      miss        miss        miss       miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupArray          OK          ENOTSUPP    OK          ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        DevMap               OK          miss        OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockMap              OK          miss        OK          ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CpuMap               OK          miss        OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        XskMap               EBADF       EOPNOTSUPP  OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockHash             OK          miss        miss        ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupStorage        NotFound    miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        ReusePortSockArray   OK          miss        OK          ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerCpuCgroupStorage  NotFound    miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SkStorage            OK          miss        ENOTSUPP    ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        DevMapHash           OK          miss        miss        ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        InodeStorage         OK          miss        ENOTSUPP    ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        TaskStorage          OK          miss        ENOTSUPP    ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        CgrpStorage          OK          miss        ENOTSUPP    ENOTSUPP   miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        Arena                EOPNOTSUPP  EINVAL      EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
        """
    );

    private static readonly AnswerMatrix s_ofFilledMaps = new(
        """
        Kind                 Update      Lookup      NextKey     LkpDelete  Delete      LkpBatch  LkpDelBatch  UpdBatch  DelBatch  Freeze
        ProgArray            OK          OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerfEventArray       OK          ENOTSUPP    OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        StackTrace           EINVAL      miss        miss        miss       miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupArray          OK          ENOTSUPP    OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        DevMap               OK          OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockMap              OK          OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CpuMap               OK          OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        XskMap               EBADF       EOPNOTSUPP  OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockHash             OK          OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupStorage        NotFound    miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        ReusePortSockArray   EBUSY       OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerCpuCgroupStorage  NotFound    miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SkStorage            OK          OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        DevMapHash           OK          OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        InodeStorage         OK          OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        TaskStorage          OK          OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        CgrpStorage          OK          OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        Arena                EOPNOTSUPP  EINVAL      EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
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

    [Fact]
    public void Matrices_HaveAllMapTypesExceptStructOps()
    {
        IEnumerable<BpfMapType> kinds = Enum.GetValues<BpfMapType>().Except([BpfMapType.Unspecified, BpfMapType.StructOps]);
        Assert.Equal(kinds, s_ofEmptyMaps.Kinds.Concat(SampleMap.Kinds).Order());
        Assert.Equal(kinds, s_ofFilledMaps.Kinds.Concat(SampleMap.Kinds).Order());
    }

    [Fact]
    public void KeyBatchOnAnArena_IsRejectedBeforeTheCall()
    {
        using SampleMap sample = KernelSample.Of(BpfMapType.Arena);
        Assert.Contains(
            "has no keys",
            Assert.Throws<InvalidOperationException>(() => sample.Map.UpdateBatch(default, default, out _)).Message,
            StringComparison.Ordinal
        );
    }

    private static void AssertAnswers(BpfMapType type, MapState state, MapOperation operation, string expected)
    {
        using SampleMap sample = KernelSample.Of(type);
        Assert.Equal(OtherKernel.Answer(type, state, operation, expected), Answer.Of(sample, state, operation));
    }
}
