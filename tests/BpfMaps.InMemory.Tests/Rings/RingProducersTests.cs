namespace BpfMaps.Tests;

/// <summary>Tests of several writers and one reader: no record is lost, and the records of each writer arrive in order.</summary>
public sealed class RingProducersTests
{
    private const string Ring = "events";
    private const int Producers = 3,
        PerProducer = 20_000;

    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly InMemoryBpfHost _host = new();
    private readonly uint[] _next = new uint[Producers];

    [Fact]
    public async Task BlockingReader_SeesEveryRecordOnce()
    {
        using EventRing events = EventRing.Create(4096, _host);
        Task producing = Produce();

        for (int read = 0; read < Producers * PerProducer; )
        {
            int more = events.Read((in Event record) => Take(record), s_long);
            Assert.NotEqual(0, more);
            read += more;
        }

        await producing;
        Assert.Equal(0, events.Read((in Event _) => { })); // Discarded records may remain.
        Assert.Equal(0, events.AvailableBytes);
    }

    [Fact]
    public async Task AsynchronousReader_SeesEveryRecordOnce()
    {
        using EventRing events = EventRing.Create(4096, _host);
        Task producing = Produce();

        int read = 0;
        await foreach (Event record in events.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Take(record);
            if (++read == Producers * PerProducer)
                break;
        }

        await producing;
        Assert.Equal(0, events.Read((in Event _) => { })); // Discarded records may remain.
        Assert.Equal(0, events.AvailableBytes);
    }

    private Task Produce() =>
        Task.WhenAll(
            Enumerable
                .Range(0, Producers)
                .Select(writer =>
                    Background.Run(() =>
                    {
                        InMemoryProgram program = _host.AsProgram(writer);
                        for (uint number = 0; number < PerProducer; )
                            number += Write(program, new Event { Writer = (uint)writer, Number = number });
                    })
                )
        );

    /// <summary>Writes records in all possible ways. Returns the number of records that fit.</summary>
    private static uint Write(InMemoryProgram program, Event record)
    {
        if (record.Number % 3 == 0)
        {
            if (program.Output(Ring, record))
                return 1;
        }
        else if (program.TryReserve(Ring, 8, out InMemoryReservation? reservation))
        {
            if (record.Number % 3 == 1 && program.TryReserve(Ring, 100, out InMemoryReservation? discarded))
                discarded.Discard();
            reservation.As<Event>() = record;
            reservation.Submit();
            return 1;
        }

        Thread.Yield();
        return 0;
    }

    private void Take(Event record)
    {
        Assert.Equal(_next[record.Writer], record.Number);
        _next[record.Writer]++;
    }
}
