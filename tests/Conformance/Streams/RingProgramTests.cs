using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of a program's view of rings, and of which waiters it wakes.</summary>
[Collection(nameof(WholeProcess))]
public sealed class RingProgramTests
{
    // The size of an event, 16 bytes, with its header.
    private const int Stride = 24;

    // The values of BPF_RB_NO_WAKEUP and BPF_RB_FORCE_WAKEUP.
    private const ulong NoWakeup = 1,
        ForceWakeup = 2;

    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public void Query_ReturnsBothPositions()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        Assert.Equal(new QueriedRing(0, 4096, 0, 0), programs.Query());

        programs.Produce(first: 0, count: 10);
        events.Read((in Event _) => { }, limit: 4);

        Assert.Equal(new QueriedRing(6 * Stride, 4096, 4 * Stride, 10 * Stride), programs.Query());
    }

    [Fact]
    public void RecordWithoutWakeUp_CanBeReadWithoutWaiting()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 1, NoWakeup);

        Assert.Equal(1, events.Read((in Event _) => { }, s_long));
        programs.Produce(first: 1, count: 1, NoWakeup);
        Assert.True(events.TryRead(out Event second));
        Assert.Equal(1ul, second.Sequence);
    }

    [Fact]
    public async Task RecordWithoutWakeUp_IsFoundByAReaderThatDoesNotWaitYet()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 1, NoWakeup);

        await foreach (Event record in events.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(0ul, record.Sequence);
            break;
        }
    }

    [Fact]
    public async Task ForcedWakeUp_DeliversEarlierRecords()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        int read = 0;
        Task reader = Background.Run(() =>
        {
            while (read < 3)
                Assert.NotEqual(0, events.Read((in Event _) => read++, s_long));
        });

        programs.Produce(first: 0, count: 2, NoWakeup);
        programs.Produce(first: 2, count: 1, ForceWakeup);

        await reader;
        Assert.Equal(3, read);
    }

    [Fact]
    public void Poll_FindsARecordWithoutWakeUpAtItsTimeout()
    {
        using StreamPrograms programs = new();
        // The record arrives after the reader's last check before it sleeps.
        LateRecordHost host = new(programs.Host, () => programs.Produce(first: 0, count: 1, NoWakeup));
        using RawMap raw = programs.Open("events");
        using EventMap events = EventMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);

        Assert.Equal(1, events.Read((in Event _) => { }, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void Drain_StopsWhenTheProgramRequestsIt()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        for (ulong i = 1; i <= 10; i++)
            Assert.True(requests.TryWrite(new Event { Sequence = i, Value = i }));

        Assert.Equal(4, programs.TryDrain(stopAt: 4));

        Assert.Equal(
            new Drained
            {
                Count = 4,
                Checksum = 10,
                Last = 4,
            },
            programs.Drained
        );
        Assert.Equal(6 * Stride, requests.PendingBytes);
        Assert.Equal(6, programs.Drain());
        Assert.Equal(10ul, programs.Drained.Last);
    }

    [Fact]
    public void Drain_StopsAtAnOpenRecordAfterDiscardedOnes()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        Assert.True(requests.TryReserve(out BpfReservation<Event> discarded));
        discarded.Discard();
        Assert.True(requests.TryReserve(out BpfReservation<Event> open));
        Assert.True(requests.TryWrite(new Event { Sequence = 1 }));

        Assert.Equal(0, programs.TryDrain());
        Assert.Equal((ulong)Stride, requests.ConsumerPosition);

        open.Dispose();
        Assert.Equal(1, programs.TryDrain());
        Assert.Equal(0, requests.PendingBytes);
    }

    [Fact]
    public void Drain_RejectsInvalidFlags()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        requests.TryWrite(new Event { Sequence = 1 });

        Assert.Equal(-Errno.EINVAL, programs.TryDrain(flags: 4));
        Assert.Equal(Stride, requests.PendingBytes);
    }

    [Theory]
    [InlineData(0ul, false)]
    [InlineData(ForceWakeup, false)]
    [InlineData(0ul, true)] // Even if all records are discarded.
    public async Task Drain_WakesAWriterThatWaitsForSpace(ulong flags, bool areDiscarded)
    {
        using StreamPrograms programs = new();
        using RequestMap requests = OpenLateDrained(programs, flags);
        for (int round = 0; round < 100; round++)
        {
            Fill(requests, areDiscarded);

            Task writer = Background.Run(() =>
            {
                Assert.True(requests.TryReserve(out BpfReservation<Event> reservation, Timeout.InfiniteTimeSpan));
                reservation.Discard();
            });
            await writer.WaitAsync(s_long, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void DrainWithoutWakeUp_IsDetectedAtTheWritersTimeout()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = OpenLateDrained(programs, NoWakeup);
        Fill(requests, areDiscarded: false);

        Assert.True(requests.TryReserve(out BpfReservation<Event> reservation, TimeSpan.FromMilliseconds(20)));
        reservation.Discard();
    }

    [Theory]
    [InlineData(4090u, 0ul, Errno.EINVAL)] // Longer than the reserved space.
    [InlineData(5000u, 100_000ul, Errno.E2BIG)] // Longer than the ring.
    [InlineData(8u, 4ul, Errno.EINVAL)] // The producer's position is not a multiple of 8.
    public void Drain_FailsIfUserSpaceWroteAnInvalidRecord(uint length, ulong moreReserved, int expected)
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        Assert.True(requests.TryWrite(new Event { Sequence = 1 }));
        Forge(programs, length, (ulong)requests.PendingBytes + moreReserved);

        Assert.Equal(-expected, programs.TryDrain());
        Assert.Equal(0ul, requests.ConsumerPosition);
        Assert.Equal(0ul, programs.Drained.Count);
    }

    /// <summary>Opens the requests so that they are drained after a writer's last check for space before it sleeps.</summary>
    private static RequestMap OpenLateDrained(StreamPrograms programs, ulong flags)
    {
        LateRecordHost host = new(programs.Host, () => programs.TryDrain(flags: flags));
        using RawMap raw = programs.Open("requests");
        return RequestMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);
    }

    private static void Fill(RequestMap requests, bool areDiscarded)
    {
        while (requests.TryReserve(out BpfReservation<Event> reservation))
        {
            if (areDiscarded)
                reservation.Discard();
            else
                reservation.Submit();
        }
    }

    /// <summary>Writes a header and a position directly, without the checks of the class.</summary>
    private static unsafe void Forge(StreamPrograms programs, uint length, ulong producerPosition)
    {
        using RawMap raw = programs.Open("requests");
        int page = Environment.SystemPageSize;
        Assert.Equal(Errno.Ok, programs.Host.MapMemory(raw.Handle, 2 * (nuint)page, page, writable: true, out SafeHandle? memory));
        using SafeHandle mapping = memory!;
        byte* producer = (byte*)mapping.DangerousGetHandle();
        *(uint*)(producer + page) = length;
        *(ulong*)producer = producerPosition;
    }
}
