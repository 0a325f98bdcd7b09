namespace BpfMaps.Tests;

/// <summary>Tests of programs that interfere between two commands of user space.</summary>
public sealed class InterferenceTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void KeyDeletedBetweenFindingAndReadingIt_IsAMiss()
    {
        using Counters counters = Counters.Create(host: _host);
        counters[1] = 1;
        byte[] key = new byte[4];
        Assert.True(counters.Raw.TryGetNextKey(default, key));
        _host.BeforeNext(BpfMapCommand.Lookup, program => program.Delete("counters", 1u));
        Assert.False(counters.Raw.TryLookup(key, new byte[8]));
    }

    [Fact]
    public void KeyDeletedDuringAWalk_RestartsTheWalk()
    {
        using Counters counters = Counters.Create(host: _host);
        counters.SetRange([1, 2, 3], [1, 2, 3]);
        byte[] first = new byte[4],
            next = new byte[4];
        Assert.True(counters.Raw.TryGetNextKey(default, first));
        _host.BeforeNext(BpfMapCommand.GetNextKey, program => program.Delete("counters", BitConverter.ToUInt32(first)));
        Assert.True(counters.Raw.TryGetNextKey(first, next));
        Assert.NotEqual(first, next);
        Assert.True(counters.Raw.TryGetNextKey(default, first));
        Assert.Equal(first, next);
    }

    [Fact]
    public void MapChangedDuringAnEnumeration_ReturnsUnchangedKeysOnce()
    {
        using Counters counters = Counters.Create(host: _host);
        for (uint key = 0; key < 1000; key++)
            counters[key] = key;

        // The first chunk is small. Before the second chunk is read, half of the keys are deleted and others are added.
        _host.BeforeNext(BpfMapCommand.LookupBatch, _ => { });
        _host.BeforeNext(
            BpfMapCommand.LookupBatch,
            program =>
            {
                for (uint key = 0; key < 1000; key += 2)
                {
                    program.Delete("counters", key);
                    program.Update("counters", 10_000 + key, 0ul);
                }
            }
        );
        uint[] seen = [.. counters.Select(element => element.Key)];
        Assert.Equal(seen.Length, seen.Distinct().Count());
        Assert.Equal(500, seen.Count(key => key < 1000 && key % 2 == 1));
    }

    [Fact]
    public void ActionAndFailureOfOneCommand_BothOccur()
    {
        using Counters counters = Counters.Create(host: _host);
        _host.FailNext(BpfMapCommand.Lookup, Errno.ENOMEM);
        _host.BeforeNext(BpfMapCommand.Lookup, program => program.Update("counters", 1u, 5ul));
        Assert.Equal(Errno.ENOMEM, Assert.Throws<BpfException>(() => counters.ContainsKey(1)).Errno);
        Assert.Equal(5u, counters[1]);
    }

    [Fact]
    public void ActionsOfOneCommand_OccurOneByOne()
    {
        using Counters counters = Counters.Create(host: _host);
        List<int> happened = [];
        _host.BeforeNext(BpfMapCommand.Lookup, _ => happened.Add(1));
        _host.BeforeNext(BpfMapCommand.Lookup, _ => happened.Add(2));
        counters.ContainsKey(1);
        Assert.Equal([1], happened);
        counters.ContainsKey(1);
        counters.ContainsKey(1);
        Assert.Equal([1, 2], happened);
    }

    [Fact]
    public void ActionOnOneMap_DoesNotAffectOthers()
    {
        using Counters counters = Counters.Create(host: _host);
        using Totals totals = Totals.Create(host: _host);
        bool happened = false;
        _host.BeforeNext(BpfMapCommand.Lookup, _ => happened = true, map: "totals");
        counters.ContainsKey(1);
        Assert.False(happened);
        _ = totals[1];
        Assert.True(happened);
    }

    [Fact]
    public void Action_RunsOnTheCurrentCpuAndMayUseTheSameMapFromUserSpace()
    {
        using Counters counters = Counters.Create(host: _host);
        int cpu = -1;
        _host.BeforeNext(
            BpfMapCommand.Lookup,
            program =>
            {
                cpu = program.Cpu;
                counters[1] = 5;
            }
        );
        _host.CurrentCpu = 2;
        Assert.Equal(5u, counters[1]);
        Assert.Equal(2, cpu);
    }

    [Fact]
    public void ExceptionOfAnAction_PropagatesAndTheMapStaysUsable()
    {
        using Counters counters = Counters.Create(host: _host);
        _host.BeforeNext(BpfMapCommand.Update, _ => throw new TimeoutException("expected"));
        Assert.Throws<TimeoutException>(() => counters[1] = 1);
        counters[1] = 1;
        Assert.Equal(1u, counters[1]);
    }

    [Fact]
    public void PinCreatedByAnotherProcess_IsOpened()
    {
        Counters? theirs = null;
        _host.BeforeNext(
            BpfMapCommand.Pin,
            _ =>
            {
                theirs = Counters.Create(host: _host);
                theirs.Pin("/sys/fs/bpf/counters");
            }
        );
        using Counters ours = Counters.OpenOrCreatePinned("/sys/fs/bpf/counters", host: _host);
        using (theirs)
            Assert.Equal(theirs!.Info.Id, ours.Info.Id);
    }
}
