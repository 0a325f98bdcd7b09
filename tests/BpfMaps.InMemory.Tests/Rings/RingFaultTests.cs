namespace BpfMaps.Tests;

/// <summary>Tests of injected faults of rings.</summary>
public sealed class RingFaultTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void FullRing_DropsNewRecordsAndKeepsExistingOnes()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.Output("events", new Event { Number = 1 }));

        _host.SetFull("events");
        Assert.False(program.Output("events", new Event { Number = 2 }));
        Assert.False(program.TryReserve("events", 8, out _));
        _host.SetFull("events", isFull: false);
        Assert.True(program.Output("events", new Event { Number = 3 }));
        _host.SetFull("events");
        _host.ClearFaults();
        Assert.True(program.Output("events", new Event { Number = 4 }));

        List<uint> numbers = [];
        events.Read((in Event record) => numbers.Add(record.Number));
        Assert.Equal([1, 3, 4], numbers);
    }

    [Fact]
    public void RecordReservedBeforeTheFault_CanBeSubmitted()
    {
        using EventRing events = EventRing.Create(4096, _host);
        Assert.True(_host.AsProgram().TryReserve("events", 8, out InMemoryReservation? reservation));

        _host.SetFull("events");
        reservation.As<Event>() = new Event { Number = 7 };
        reservation.Submit();

        Assert.True(events.TryRead(out Event record));
        Assert.Equal(7u, record.Number);
    }

    [Fact]
    public void UserRing_CannotBeSetFullBecauseUserSpaceFillsIt()
    {
        using RequestRing requests = RequestRing.Create(4096, _host);

        ArgumentException problem = Assert.Throws<ArgumentException>(() => _host.SetFull("requests"));

        Assert.Contains("only its writer can fill a user ring buffer", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailedMapping_LeavesNoMap()
    {
        _host.FailNext(BpfMapCommand.MapMemory, 12);

        BpfException problem = Assert.ThrowsAny<BpfException>(() => EventRing.Create(4096, _host));

        Assert.Equal("ENOMEM", problem.ErrnoName);
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void RingThatExceedsAnArray_FailsWithEnomem()
    {
        BpfException problem = Assert.ThrowsAny<BpfException>(() => EventRing.Create(1u << 31, _host));

        Assert.Equal("ENOMEM", problem.ErrnoName);
    }

    [Fact]
    public void MemoryOfARing_EqualsTheKernels()
    {
        const int dataPages = 16;
        int page = Environment.SystemPageSize;
        using EventRing events = EventRing.Create(dataPages * (uint)page, _host);

        // Linux 6.18 reports 78,408 for pages of 4,096 bytes: 304 for the map, 3 pages beside the data, and a pointer for each mapped page.
        long measured = 304 + ((3 + dataPages) * page) + ((3 + (2 * dataPages)) * 8);
        Assert.InRange((long)events.Raw.GetUsage().MemoryLocked, measured - 100, measured + 100);
    }
}
