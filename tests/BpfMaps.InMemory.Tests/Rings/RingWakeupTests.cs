namespace BpfMaps.Tests;

/// <summary>Tests of which records wake which waiters, with readers that are known to sleep.</summary>
public sealed class RingWakeupTests
{
    private const string Ring = "events";

    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void RecordWithoutWakeUp_DoesNotWakeTheReader()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        bool isForced = false,
            cameBefore = false;
        Sleeper reader = Sleeper.Start(() =>
            events.Read((in Event _) => cameBefore |= !Volatile.Read(ref isForced), Timeout.InfiniteTimeSpan)
        );

        program.Output(Ring, new Event { Number = 1 }, BpfRingFlags.NoWakeup);
        reader.AssertAsleep();
        Volatile.Write(ref isForced, true);
        program.Output(Ring, new Event { Number = 2 }, BpfRingFlags.ForceWakeup);

        Assert.Equal(2, reader.Join());
        Assert.False(cameBefore);
    }

    [Fact]
    public void ReaderThatIsBehind_IsNotWokenByTheNextRecord()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Sleeper reader = Sleeper.Start(() => events.Read((in Event _) => { }, Timeout.InfiniteTimeSpan));

        program.Output(Ring, new Event(), BpfRingFlags.NoWakeup);
        program.Output(Ring, new Event());
        reader.AssertAsleep();
        program.Output(Ring, new Event(), BpfRingFlags.ForceWakeup);

        Assert.Equal(3, reader.Join());
    }

    [Fact]
    public void ReaderAtAnOpenRecord_SleepsUntilItIsSubmitted()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.TryReserve(Ring, 8, out InMemoryReservation? open));
        Sleeper reader = Sleeper.Start(() => events.Read((in Event _) => { }, Timeout.InfiniteTimeSpan));

        program.Output(Ring, new Event());
        reader.AssertAsleep();
        // In the kernel, the reader would poll repeatedly and need no wake-up.
        open.Submit(BpfRingFlags.NoWakeup);

        Assert.Equal(2, reader.Join());
    }

    [Fact]
    public void DiscardedRecord_DoesNotEndAPoll()
    {
        using EventRing events = EventRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        Sleeper reader = Sleeper.Start(() => events.Read((in Event _) => { }, Timeout.InfiniteTimeSpan));

        Assert.True(program.TryReserve(Ring, 8, out InMemoryReservation? reservation));
        reservation.Discard();
        Assert.True(
            SpinWait.SpinUntil(() => program.QueryRing(Ring).AvailableBytes == 0, TimeSpan.FromMinutes(1)),
            "The reader does not skip the record."
        );
        program.Output(Ring, new Event());

        Assert.Equal(1, reader.Join());
    }

    [Fact]
    public void Disposal_WakesTheReader()
    {
        EventRing events = EventRing.Create(4096, _host);
        Sleeper reader = Sleeper.Start(() => events.Read((in Event _) => { }, Timeout.InfiniteTimeSpan));

        events.Dispose();

        Assert.IsType<ObjectDisposedException>(reader.JoinFailed());
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void Drain_WakesAWriterUnlessTheFlagsForbidIt()
    {
        using RequestRing requests = RequestRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        while (requests.TryWrite(new Request())) { }

        Sleeper writer = Sleeper.Start(() =>
        {
            Assert.True(requests.TryReserve(out BpfReservation<Request> reservation, Timeout.InfiniteTimeSpan));
            reservation.Submit();
            return 0;
        });
        program.DrainUserRing("requests", _ => InMemoryDrain.Stop, BpfRingFlags.NoWakeup);
        writer.AssertAsleep();
        program.DrainUserRing("requests", _ => InMemoryDrain.Stop);

        Assert.Equal(0, writer.Join());
    }

    [Fact]
    public async Task ThousandReaders_WaitWithoutAThread()
    {
        InMemoryBpfHost host = new();
        EventRing[] rings = [.. Enumerable.Range(0, 1000).Select(_ => EventRing.Create(4096, host))];
        using CancellationTokenSource cancellation = new();
        Task<int>[] readings = [.. rings.Select(ring => ring.CountUntilCancelled(cancellation.Token))];
        Assert.All(readings, reading => Assert.False(reading.IsCompleted));

        rings[17].Dispose();
        Assert.Equal(0, await readings[17]);
        await cancellation.CancelAsync();
        Assert.Equal(0, (await Task.WhenAll(readings)).Sum());

        foreach (EventRing ring in rings)
            ring.Dispose();
        Assert.Empty(RawMap.EnumerateLoaded(host));
    }

    [Fact]
    public async Task Continuation_DoesNotRunOnTheProgramsThread()
    {
        using EventRing events = EventRing.Create(4096, _host);
        CancellationToken token = TestContext.Current.CancellationToken;
        await using BpfEventStream<Event>.AsyncEnumerator reading = events.ReadAllAsync(token).GetAsyncEnumerator(token);
        Task<int> reader = Read();
        int program = 0;
        Thread thread = new(() =>
        {
            program = Environment.CurrentManagedThreadId;
            _host.AsProgram().Output(Ring, new Event());
        });
        thread.Start();
        thread.Join();

        Assert.NotEqual(program, await reader);

        async Task<int> Read()
        {
            Assert.True(await reading.MoveNextAsync().ConfigureAwait(false));
            return Environment.CurrentManagedThreadId;
        }
    }
}
