namespace BpfMaps.Tests;

/// <summary>Tests of injected faults.</summary>
public sealed class FaultTests
{
    private const string PinPath = "/sys/fs/bpf/counters";

    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void FailNext_FailsOneCommandWithoutExecutingIt()
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
    public void FailNext_AppliesTheGivenNumberOfTimesToTheGivenMap()
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
    public void FailuresOfOneCommand_OccurInOrder()
    {
        using Counters counters = Counters.Create(host: _host);
        _host.FailNext(BpfMapCommand.Delete, Errno.EBUSY);
        _host.FailNext(BpfMapCommand.Delete, Errno.ENOMEM);
        Assert.Equal(Errno.EBUSY, Assert.Throws<BpfException>(() => counters.Remove(1)).Errno);
        Assert.Equal(Errno.ENOMEM, Assert.Throws<BpfException>(() => counters.Remove(1)).Errno);
        Assert.False(counters.Remove(1));
    }

    /// <summary>Issues each command that belongs to a map.</summary>
    private static readonly Dictionary<BpfMapCommand, Action<InMemoryBpfHost, Counters, Settings>> s_commands = new()
    {
        [BpfMapCommand.Create] = (host, _, _) => Counters.Create(host: host),
        [BpfMapCommand.OpenPinned] = (host, _, _) => Counters.OpenPinned(PinPath, host: host),
        [BpfMapCommand.OpenById] = (host, counters, _) => Counters.OpenById(counters.Info.Id, host: host),
        [BpfMapCommand.Pin] = (_, counters, _) => counters.Pin(PinPath + "2"),
        [BpfMapCommand.Unpin] = (_, counters, _) => counters.Unpin(),
        [BpfMapCommand.Freeze] = (_, counters, _) => counters.Freeze(),
        [BpfMapCommand.MapMemory] = (_, _, settings) => settings.Map().Dispose(),
        [BpfMapCommand.Lookup] = (_, counters, _) => counters.ContainsKey(1),
        [BpfMapCommand.LookupAndDelete] = (_, counters, _) => counters.TryRemove(1, out ulong _),
        [BpfMapCommand.Update] = (_, counters, _) => counters[1] = 1,
        [BpfMapCommand.Delete] = (_, counters, _) => counters.Remove(1),
        [BpfMapCommand.GetNextKey] = (_, counters, _) => counters.Raw.TryGetNextKey(default, new byte[4]),
        [BpfMapCommand.LookupBatch] = (_, counters, _) => counters.Count(),
        [BpfMapCommand.LookupAndDeleteBatch] = (_, counters, _) => _ = counters.Drain().Count(),
        [BpfMapCommand.UpdateBatch] = (_, counters, _) => counters.SetRange([1, 2], [1, 2]),
        [BpfMapCommand.DeleteBatch] = (_, counters, _) => counters.RemoveRange([1, 2]),
    };

    public static TheoryData<BpfMapCommand> Commands => [.. s_commands.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommand_FailsWithTheGivenError(BpfMapCommand command)
    {
        using Counters counters = Counters.Create(host: _host);
        using Settings settings = Settings.Create(host: _host);
        counters.Pin(PinPath);
        _host.FailNext(command, Errno.EFAULT);
        BpfException failure = Assert.Throws<BpfException>(() => s_commands[command](_host, counters, settings));
        Assert.Equal(Errno.EFAULT, failure.Errno);
    }

    [Fact]
    public void CommandTable_IsComplete() =>
        Assert.Equal(Enum.GetValues<BpfMapCommand>().Except([BpfMapCommand.LoadBtf]).Order(), s_commands.Keys.Order());

    [Fact]
    public void FailedBtfLoad_CreatesTheMapWithoutTypes()
    {
        _host.FailNext(BpfMapCommand.LoadBtf, Errno.EINVAL);
        using Counters counters = Counters.Create(host: _host);
        Assert.Equal(0u, counters.Info.BtfId);
        using Counters described = Counters.Create(host: _host);
        Assert.NotEqual(0u, described.Info.BtfId);
    }

    [Fact]
    public void ClearedFaults_DoNotOccur()
    {
        using Counters counters = Counters.Create(host: _host);
        _host.FailNext(BpfMapCommand.Update, Errno.ENOMEM);
        _host.BeforeNext(BpfMapCommand.Update, _ => Assert.Fail("The fault was cleared."));
        _host.SetFull("counters");
        _host.ClearFaults();
        counters[1] = 1;
        Assert.Equal(1, counters.Count());
    }

    [Fact]
    public void InvalidFault_IsRejected()
    {
        Assert.Equal("errno", Assert.Throws<ArgumentOutOfRangeException>(() => _host.FailNext(BpfMapCommand.Update, 0)).ParamName);
        Assert.Equal(
            "times",
            Assert.Throws<ArgumentOutOfRangeException>(() => _host.FailNext(BpfMapCommand.Update, 1, times: 0)).ParamName
        );
        Assert.Equal("command", Assert.Throws<ArgumentOutOfRangeException>(() => _host.FailNext((BpfMapCommand)999, 1)).ParamName);
        Assert.Equal("command", Assert.Throws<ArgumentOutOfRangeException>(() => _host.BeforeNext((BpfMapCommand)999, _ => { })).ParamName);
        Assert.Throws<ArgumentNullException>(() => _host.BeforeNext(BpfMapCommand.Update, null!));
    }
}
