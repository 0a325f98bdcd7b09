namespace BpfMaps.Tests;

/// <summary>What tests of applications can let go wrong with rings.</summary>
public sealed class RingFaultTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void FullRing_DropsRecordsAndKeepsThoseItHas()
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
        events.Consume((in Event record) => numbers.Add(record.Number));
        Assert.Equal([1, 3, 4], numbers);
    }

    [Fact]
    public void RecordReservedBefore_CanBeSubmittedToAFullRing()
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

        Assert.Contains("a user ring buffer is full when its writer has filled it", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MappingThatFails_LeavesNoMapBehind()
    {
        _host.FailNext(BpfMapCommand.MapMemory, 12);

        BpfException problem = Assert.ThrowsAny<BpfException>(() => EventRing.Create(4096, _host));

        Assert.Equal("ENOMEM", problem.ErrnoName);
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void RingThatNoArrayCanHold_IsRefusedAsByAKernelWithoutTheMemory()
    {
        BpfException problem = Assert.ThrowsAny<BpfException>(() => EventRing.Create(1u << 31, _host));

        Assert.Equal("ENOMEM", problem.ErrnoName);
    }

    [Fact]
    public void MemoryOfARing_IsWhatTheKernelTakes()
    {
        const int dataPages = 16;
        int page = Environment.SystemPageSize;
        using EventRing events = EventRing.Create(dataPages * (uint)page, _host);

        // Linux 6.18 says 78,408 for pages of 4,096: 304 for the map, 3 pages beside the data, and a pointer for each page that is mapped.
        long measured = 304 + ((3 + dataPages) * page) + ((3 + (2 * dataPages)) * 8);
        Assert.InRange((long)events.Raw.GetUsage().MemoryLocked, measured - 100, measured + 100);
    }
}
