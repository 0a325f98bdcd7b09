namespace BpfMaps.Tests;

public sealed class MapKindMatrixTests
{
    private const string NotAsked = "-";

    /// <summary>What each command comes to on a sample of each kind: an update and a lookup on an empty map, all others after an update.</summary>
    private const string Answers = """
        Kind                 Update      miss        Lookup      NextKey     LkpDelete  Delete      LkpBatch  LkpDelBatch  UpdBatch  DelBatch  Freeze
        Hash                 OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        Array                OK          OK          OK          OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        ProgArray            OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerfEventArray       OK          ENOTSUPP    ENOTSUPP    OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerCpuHash           OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        PerCpuArray          OK          OK          OK          OK          ENOTSUPP   EINVAL      OK        ENOTSUPP     OK        ENOTSUPP  OK
        StackTrace           EINVAL      miss        miss        miss        miss       miss        ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupArray          OK          ENOTSUPP    ENOTSUPP    OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        LruHash              OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        LruPerCpuHash        OK          miss        OK          OK          OK         OK          OK        OK           OK        OK        OK
        LpmTrie              OK          miss        OK          OK          ENOTSUPP   OK          OK        ENOTSUPP     OK        OK        OK
        ArrayOfMaps          OK          miss        OK          OK          ENOTSUPP   OK          OK        ENOTSUPP     OK        ENOTSUPP  OK
        HashOfMaps           OK          miss        OK          OK          ENOTSUPP   OK          OK        OK           OK        OK        OK
        DevMap               OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockMap              OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CpuMap               OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        XskMap               EBADF       EOPNOTSUPP  EOPNOTSUPP  OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        SockHash             OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        CgroupStorage        NotFound    miss        miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        ReusePortSockArray   OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        PerCpuCgroupStorage  NotFound    miss        miss        miss        ENOTSUPP   EINVAL      ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        Queue                OK          miss        OK          EINVAL      OK         EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        Stack                OK          miss        OK          EINVAL      OK         EINVAL      ENOTSUPP  ENOTSUPP     -         -         OK
        SkStorage            OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        DevMapHash           OK          miss        OK          OK          ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  OK
        RingBuf              ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        InodeStorage         OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        TaskStorage          OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        BloomFilter          OK          miss        OK          EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
        UserRingBuf          ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP    ENOTSUPP   ENOTSUPP    ENOTSUPP  ENOTSUPP     -         -         OK
        CgrpStorage          OK          miss        OK          ENOTSUPP    ENOTSUPP   OK          ENOTSUPP  ENOTSUPP     ENOTSUPP  ENOTSUPP  ENOTSUPP
        Arena                EOPNOTSUPP  EINVAL      EINVAL      EOPNOTSUPP  ENOTSUPP   EOPNOTSUPP  ENOTSUPP  ENOTSUPP     -         -         OK
        """;

    /// <summary>What the columns after the first two are.</summary>
    private static readonly MapOperation[] s_columns =
    [
        MapOperation.Lookup,
        MapOperation.GetNextKey,
        MapOperation.LookupAndDelete,
        MapOperation.Delete,
        MapOperation.LookupBatch,
        MapOperation.LookupAndDeleteBatch,
        MapOperation.UpdateBatch,
        MapOperation.DeleteBatch,
        MapOperation.Freeze,
    ];

    private static readonly string[][] s_rows =
        [.. Answers.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public static TheoryData<BpfMapType, bool, MapOperation, string> Cells()
    {
        TheoryData<BpfMapType, bool, MapOperation, string> cells = [];
        foreach (string[] row in s_rows)
        {
            BpfMapType type = Enum.Parse<BpfMapType>(row[0]);
            cells.Add(type, false, MapOperation.Update, row[1]);
            cells.Add(type, false, MapOperation.Lookup, row[2]);
            foreach ((string expected, MapOperation operation) in row[3..].Zip(s_columns))
            {
                if (expected != NotAsked)
                    cells.Add(type, true, operation, expected);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void OperationOnAKind_AnswersAsTheKernelDoes(BpfMapType type, bool isFilled, MapOperation operation, string expected)
    {
        Require.KernelVersion(6, 18);
        Assert.Equal(expected, Answer.Of(type, isFilled, operation));
    }

    [Fact]
    public void Matrix_HasEveryKindThatCanBeCreatedWithoutAKernelStructure()
    {
        IEnumerable<BpfMapType> kinds = Enum.GetValues<BpfMapType>().Except([BpfMapType.Unspecified, BpfMapType.StructOps]);
        Assert.Equal(kinds, s_rows.Select(row => Enum.Parse<BpfMapType>(row[0])));
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    [InlineData(BpfMapType.BloomFilter)]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    [InlineData(BpfMapType.Arena)]
    public void BatchOfKeysOnAKindWithoutKeys_IsRefusedBeforeTheCall(BpfMapType type)
    {
        using SampleMap sample = SampleMap.Of(type);
        var update = Assert.Throws<InvalidOperationException>(() => sample.Map.UpdateBatch(default, default, out _));
        var delete = Assert.Throws<InvalidOperationException>(() => sample.Map.DeleteBatch(default, out _));
        Assert.All([update, delete], refusal => Assert.Contains("has no keys", refusal.Message, StringComparison.Ordinal));
    }
}
