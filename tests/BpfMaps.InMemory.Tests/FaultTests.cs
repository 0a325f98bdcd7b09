namespace BpfMaps.Tests;

/// <summary>Commands that fail because a test wants it.</summary>
public sealed class FaultTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void NextCommandOfAKind_FailsOnceAndIsNotExecuted()
    {
        using Counters counters = Counters.Create(host: _host);
        _host.FailNext(BpfMapCommand.Update, Errno.ENOMEM);
        BpfException failure = Assert.Throws<BpfException>(() => counters[1] = 1);
        Assert.Equal((Errno.ENOMEM, "BPF_MAP_UPDATE_ELEM", "counters"), (failure.Errno, failure.Command, failure.MapName));
        Assert.False(counters.ContainsKey(1));
        counters[1] = 1;
        Assert.Equal(1u, counters[1]);
    }

    [Fact]
    public void Failure_ComesAsOftenAsWasAskedAndOnOneMapOnly()
    {
        using Counters counters = Counters.Create(host: _host);
        using Totals totals = Totals.Create(host: _host);
        _host.FailNext(BpfMapCommand.Lookup, Errno.EPERM, times: 2, map: "counters");
        Assert.Equal(0u, totals[1]);
        Assert.Throws<BpfPermissionException>(() => counters.ContainsKey(1));
        Assert.Throws<BpfPermissionException>(() => counters.ContainsKey(1));
        Assert.False(counters.ContainsKey(1));
    }

    [Fact]
    public void FailuresOfOneCommand_ComeInOrder()
    {
        using Counters counters = Counters.Create(host: _host);
        _host.FailNext(BpfMapCommand.Delete, Errno.EBUSY);
        _host.FailNext(BpfMapCommand.Delete, Errno.ENOMEM);
        Assert.Equal(Errno.EBUSY, Assert.Throws<BpfException>(() => counters.Remove(1)).Errno);
        Assert.Equal(Errno.ENOMEM, Assert.Throws<BpfException>(() => counters.Remove(1)).Errno);
        Assert.False(counters.Remove(1));
    }

    public static TheoryData<BpfMapCommand> Commands => [.. Enum.GetValues<BpfMapCommand>()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommand_CanFail(BpfMapCommand command)
    {
        using Counters counters = Counters.Create(host: _host);
        using Settings settings = Settings.Create(host: _host);
        counters.Pin("/sys/fs/bpf/counters");
        _host.FailNext(command, Errno.EINTR, times: 100);
        BpfException failure = Assert.Throws<BpfException>(() =>
        {
            switch (command)
            {
                case BpfMapCommand.Create:
                    Counters.Create(host: _host);
                    break;
                case BpfMapCommand.OpenPinned:
                    Counters.OpenPinned("/sys/fs/bpf/counters", host: _host);
                    break;
                case BpfMapCommand.OpenById:
                    Counters.OpenById(counters.Info.Id, host: _host);
                    break;
                case BpfMapCommand.Pin:
                    counters.Pin("/sys/fs/bpf/other");
                    break;
                case BpfMapCommand.Unpin:
                    counters.Unpin();
                    break;
                case BpfMapCommand.Freeze:
                    counters.Freeze();
                    break;
                case BpfMapCommand.MapMemory:
                    settings.Map().Dispose();
                    break;
                case BpfMapCommand.Lookup:
                    counters.ContainsKey(1);
                    break;
                case BpfMapCommand.LookupAndDelete:
                    counters.TryRemove(1, out _);
                    break;
                case BpfMapCommand.Update:
                    counters[1] = 1;
                    break;
                case BpfMapCommand.Delete:
                    counters.Remove(1);
                    break;
                case BpfMapCommand.GetNextKey:
                    counters.Raw.TryGetNextKey(default, new byte[4]);
                    break;
                case BpfMapCommand.LookupBatch or BpfMapCommand.LookupAndDeleteBatch:
                    // An interrupted batch is repeated by the cursor, so these two fail with something else.
                    _host.ClearFaults();
                    _host.FailNext(command, Errno.EFAULT);
                    Drain(counters.Raw, command == BpfMapCommand.LookupAndDeleteBatch);
                    break;
                case BpfMapCommand.UpdateBatch:
                    counters.SetRange([1, 2], [1, 2]);
                    break;
                case BpfMapCommand.DeleteBatch:
                    counters.RemoveRange([1, 2]);
                    break;
                default:
                    Assert.Equal(Errno.EINTR, _host.LoadBtf([], out _));
                    throw new BpfException("As was asked.", Errno.EINTR, "BPF_BTF_LOAD");
            }
        });
        Assert.Equal(command is BpfMapCommand.LookupBatch or BpfMapCommand.LookupAndDeleteBatch ? Errno.EFAULT : Errno.EINTR, failure.Errno);
    }

    [Fact]
    public void KernelThatRefusesTypes_GetsTheMapWithoutThem()
    {
        _host.FailNext(BpfMapCommand.LoadBtf, Errno.EINVAL);
        using Counters counters = Counters.Create(host: _host);
        Assert.Equal(0u, counters.Info.BtfId);
        using Counters described = Counters.Create(host: _host);
        Assert.NotEqual(0u, described.Info.BtfId);
    }

    [Fact]
    public void ClearedFaults_DoNotHappen()
    {
        using Counters counters = Counters.Create(host: _host);
        _host.FailNext(BpfMapCommand.Update, Errno.ENOMEM);
        _host.BeforeNext(BpfMapCommand.Update, _ => Assert.Fail("It was to be forgotten."));
        _host.SetFull("counters");
        _host.ClearFaults();
        counters[1] = 1;
        Assert.Equal(1, counters.Count());
    }

    [Fact]
    public void SenselessFault_IsRefused()
    {
        Assert.Equal("errno", Assert.Throws<ArgumentOutOfRangeException>(() => _host.FailNext(BpfMapCommand.Update, 0)).ParamName);
        Assert.Equal("times", Assert.Throws<ArgumentOutOfRangeException>(() => _host.FailNext(BpfMapCommand.Update, 1, times: 0)).ParamName);
        Assert.Equal("command", Assert.Throws<ArgumentOutOfRangeException>(() => _host.FailNext((BpfMapCommand)999, 1)).ParamName);
        Assert.Equal("command", Assert.Throws<ArgumentOutOfRangeException>(() => _host.BeforeNext((BpfMapCommand)999, _ => { })).ParamName);
        Assert.Throws<ArgumentNullException>(() => _host.BeforeNext(BpfMapCommand.Update, null!));
    }

    private static void Drain(RawMap map, bool removes)
    {
        using BpfBatchCursor cursor = removes ? map.LookupAndDeleteBatch() : map.LookupBatch();
        cursor.MoveNext();
    }
}
