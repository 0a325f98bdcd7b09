namespace BpfMaps.Tests;

/// <summary>Tests of records that a program writes in place.</summary>
public sealed class RingReservationTests
{
    private const string Ring = "events";

    // The size of a record of 8 bytes with its header.
    private const int Stride = 16;

    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void OpenRecord_BlocksLaterRecords()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.TryReserve(Ring, 8, out InMemoryReservation? first));
        Assert.True(program.Output(Ring, new Event { Number = 2 }));
        Assert.False(events.TryRead(out _));
        Assert.Equal(2 * Stride, program.QueryRing(Ring).AvailableBytes);

        first.As<Event>() = new Event { Number = 1 };
        Assert.False(events.TryRead(out _));
        first.Submit();

        Assert.Equal([1, 2], ReadAll(events));
        Assert.Equal(0, program.QueryRing(Ring).AvailableBytes);
    }

    [Fact]
    public void RecordsOfSeveralCpus_AreReadInTheOrderOfTheirReservation()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryReservation[] open =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(cpu =>
                {
                    Assert.True(_host.AsProgram(cpu).TryReserve(Ring, 8, out InMemoryReservation? reservation));
                    reservation.As<Event>() = new Event { Number = (uint)cpu };
                    return reservation;
                }),
        ];

        open[3].Submit();
        open[1].Submit();
        Assert.Empty(ReadAll(events));
        open[0].Submit();
        Assert.Equal([0, 1], ReadAll(events));
        open[2].Discard();
        Assert.Equal([3], ReadAll(events));
    }

    [Fact]
    public void Data_IsTheRecordItself()
    {
        using EventRing events = EventRing.Create(4096, _host);
        Assert.True(_host.AsProgram().TryReserve(Ring, 11, out InMemoryReservation? reservation));

        Assert.Equal(11, reservation.Data.Length);
        "hello world"u8.CopyTo(reservation.Data);
        reservation.Submit();

        string text = "";
        events.Read(record => text = System.Text.Encoding.ASCII.GetString(record));
        Assert.Equal("hello world", text);
    }

    [Fact]
    public void RecordShorterThanTheType_IsRejected()
    {
        using EventRing events = EventRing.Create(4096, _host);
        Assert.True(_host.AsProgram().TryReserve(Ring, 7, out InMemoryReservation? reservation));

        ArgumentException problem = Assert.Throws<ArgumentException>(() => reservation.As<Event>());

        Assert.Equal("7 bytes are reserved, but Event has 8.", problem.Message);
        reservation.Dispose();
    }

    [Fact]
    public void EndedReservation_CannotBeUsedOrEndedAgain()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.TryReserve(Ring, 8, out InMemoryReservation? submitted));
        submitted.As<Event>() = new Event { Number = 1 };
        submitted.Submit();
        Assert.True(program.TryReserve(Ring, 8, out InMemoryReservation? discarded));
        discarded.Discard();

        foreach (InMemoryReservation over in (InMemoryReservation[])[submitted, discarded])
        {
            Assert.Throws<InvalidOperationException>(() => over.Submit());
            Assert.Throws<InvalidOperationException>(() => over.Discard());
            Assert.Throws<InvalidOperationException>(() => over.Data.Length);
            Assert.Throws<InvalidOperationException>(() => over.As<Event>());
            over.Dispose();
        }

        Assert.Equal([1], ReadAll(events));
    }

    [Fact]
    public void DisposedReservation_IsDiscarded()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.TryReserve(Ring, 8, out InMemoryReservation? reservation));
        using (reservation)
            program.Output(Ring, new Event { Number = 2 });

        Assert.Equal([2], ReadAll(events));
    }

    [Fact]
    public void ReservationThatOutlivesItsMap_StaysValid()
    {
        EventRing events = EventRing.Create(4096, _host);
        Assert.True(_host.AsProgram().TryReserve(Ring, 8, out InMemoryReservation? reservation));
        events.Dispose();
        Assert.Empty(RawMap.EnumerateLoaded(_host));

        reservation.As<Event>() = new Event { Number = 1 };
        reservation.Submit();
        Assert.Throws<InvalidOperationException>(() => reservation.Submit());
    }

    [Theory]
    [InlineData(4088, false)] // With its header, it would fill the last byte, which the kernel keeps free.
    [InlineData(4087, false)]
    [InlineData(4080, true)]
    [InlineData(5000, false)]
    [InlineData(int.MaxValue, false)]
    public void EmptyRing_AcceptsRecordsUpToItsLastBytes(int size, bool fits)
    {
        using EventRing events = EventRing.Create(4096, _host);

        Assert.Equal(fits, _host.AsProgram().TryReserve(Ring, size, out InMemoryReservation? reservation));
        reservation?.Dispose();
    }

    [Fact]
    public void NegativeSize_IsRejected()
    {
        using EventRing events = EventRing.Create(4096, _host);

        Assert.Throws<ArgumentOutOfRangeException>(() => _host.AsProgram().TryReserve(Ring, -1, out _));
    }

    [Fact]
    public void OpenRecord_IsNotOverwritten()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.TryReserve(Ring, 8, out InMemoryReservation? open));
        int fits = 0;
        while (program.Output(Ring, new Event()))
            fits++;

        Assert.Equal((4096 / Stride) - 2, fits);
        Assert.Equal(0, events.Read((in Event _) => { }));
        Assert.False(program.Output(Ring, new Event()));
        open.Discard();
        Assert.Equal(fits, events.Read((in Event _) => { }));
        Assert.True(program.Output(Ring, new Event()));
    }

    [Fact]
    public void OtherMapTypes_AreRejectedAsByTheVerifier()
    {
        using EventRing events = EventRing.Create(4096, _host);
        using RequestRing requests = RequestRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();

        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(() => program.Output("requests", new Event()));
        Assert.StartsWith(
            "bpf_ringbuf_output on map 'requests' (UserRingBuf): the verifier rejects",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidOperationException>(() => program.TryReserve("requests", 8, out _));
        Assert.Throws<InvalidOperationException>(() => program.QueryRing("requests"));
        Assert.Throws<InvalidOperationException>(() => program.DrainUserRing(Ring, _ => InMemoryDrain.Continue));
        Assert.Throws<InvalidOperationException>(() => program.TryLookup(Ring, 0u, out ulong _));
    }

    [Fact]
    public void InvalidFlags_AreRejected()
    {
        using EventRing events = EventRing.Create(4096, _host);

        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(() =>
            _host.AsProgram().Output(Ring, new Event(), (BpfRingFlags)8)
        );

        Assert.Contains("EINVAL (22)", problem.Message, StringComparison.Ordinal);
        Assert.False(events.TryRead(out _));
    }

    [Fact]
    public void Output_AllocatesNothing()
    {
        using EventRing events = EventRing.Create(1 << 20, _host);
        InMemoryProgram program = _host.AsProgram();
        byte[] bytes = new byte[24];

        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (int i = 0; i < 1000; i++)
                    Assert.True(program.Output(Ring, new Event()) && program.Output(Ring, bytes));
            })
        );
    }

    private static List<int> ReadAll(EventRing events)
    {
        List<int> numbers = [];
        events.Read((in Event record) => numbers.Add((int)record.Number));
        return numbers;
    }
}
