namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class ReadAllAsyncTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_AreReturnedInOrderWithAndWithoutWaiting()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 3);

        ulong next = 0;
        await foreach (Event record in events.ReadAllAsync(TestToken))
        {
            Assert.Equal(next++, record.Sequence);
            if (next == 1000)
                break;
            if (next % 3 == 0)
                await Task.Run(() => programs.Produce(next, count: 3), TestToken);
        }

        Assert.Equal(2, events.Read((in Event _) => { }));
    }

    [Fact]
    public async Task SingleEvents_EachWakeTheReader()
    {
        const int Total = 20_000;
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        Task producer = Background.Run(() =>
        {
            for (ulong i = 0; i < Total; )
            {
                if (programs.Produce(i, count: 1) == 1)
                    i++;
                else
                    Thread.Yield();
            }
        });

        ulong next = 0;
        await foreach (Event record in events.ReadAllAsync(TestToken))
        {
            Assert.Equal(next++, record.Sequence);
            if (next == Total)
                break;
        }

        await producer;
    }

    [Fact]
    public async Task SlowConsumer_LeavesTheRecordsInTheRing()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        int fits = programs.ProduceDropping(first: 0, count: 1000);

        await using BpfEventStream<Event>.AsyncEnumerator reading = events.ReadAllAsync(TestToken).GetAsyncEnumerator(TestToken);
        for (int i = 1; i <= fits; i++)
        {
            Assert.True(await reading.MoveNextAsync());
            Assert.Equal((fits - i) * 24, events.AvailableBytes);
        }
    }

    [Fact]
    public async Task Cancellation_EndsAWait()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using CancellationTokenSource cancellation = new();
        ValueTask<bool> wait;
        await using (
            BpfEventStream<Event>.AsyncEnumerator reading = events.ReadAllAsync(cancellation.Token).GetAsyncEnumerator(cancellation.Token)
        )
        {
            wait = reading.MoveNextAsync();
            Assert.False(wait.IsCompleted);
            await cancellation.CancelAsync();
            OperationCanceledException problem = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await wait);
            Assert.Equal(cancellation.Token, problem.CancellationToken);
        }

        // The stream can be read again, and no record was lost.
        programs.Produce(first: 9, count: 1);
        Assert.True(events.TryRead(out Event record));
        Assert.Equal(9ul, record.Sequence);
    }

    [Fact]
    public async Task Cancellation_KeepsUnreadRecords()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 10);
        using CancellationTokenSource cancellation = new();
        int read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Event _ in events.ReadAllAsync(cancellation.Token))
            {
                if (++read == 4)
                    await cancellation.CancelAsync();
            }
        });

        Assert.Equal(4, read);
        Assert.Equal(6, events.Read((in Event record) => Assert.InRange(record.Sequence, 4ul, 9ul)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_OfEitherToken_EndsTheReadingBetweenRecords(bool isOfTheLoop)
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 10);
        using CancellationTokenSource ofTheCall = new(),
            ofTheLoop = new();
        int read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Event _ in events.ReadAllAsync(ofTheCall.Token).WithCancellation(ofTheLoop.Token))
            {
                if (++read == 4)
                    await (isOfTheLoop ? ofTheLoop : ofTheCall).CancelAsync();
            }
        });

        Assert.Equal(4, read);
        Assert.Equal(6, events.Read((in Event _) => { }));
    }

    [Fact]
    public async Task EndedEnumeration_ReadsNoMore()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 10);
        BpfEventStream<Event>.AsyncEnumerator disposed = events.ReadAllAsync(TestToken).GetAsyncEnumerator(TestToken);
        for (ulong i = 0; i < 4; i++)
        {
            Assert.True(await disposed.MoveNextAsync());
            Assert.Equal(i, disposed.Current.Sequence);
        }

        await disposed.DisposeAsync();
        Assert.False(await disposed.MoveNextAsync());

        programs.ProduceBytes(first: 0, size: 3);
        programs.Produce(first: 10, count: 1);
        await using BpfEventStream<Event>.AsyncEnumerator failed = events.ReadAllAsync(TestToken).GetAsyncEnumerator(TestToken);
        for (int i = 4; i < 10; i++)
            Assert.True(await failed.MoveNextAsync());
        await Assert.ThrowsAsync<BpfMalformedRecordException>(async () => await failed.MoveNextAsync());
        Assert.False(await failed.MoveNextAsync());

        Assert.True(events.TryRead(out Event last));
        Assert.Equal(10ul, last.Sequence);
    }

    [Fact]
    public async Task CancelledToken_ReadsNothing()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Event _ in events.ReadAllAsync(new CancellationToken(canceled: true)))
                Assert.Fail("A record was returned despite the cancellation.");
        });

        Assert.True(events.TryRead(out _));
    }

    [Fact]
    public async Task Disposal_EndsAWaitLikeTheEndOfTheStream()
    {
        using StreamPrograms programs = new();
        EventMap events = programs.OpenEvents();
        await using BpfEventStream<Event>.AsyncEnumerator reading = events.ReadAllAsync(TestToken).GetAsyncEnumerator(TestToken);
        ValueTask<bool> wait = reading.MoveNextAsync();

        events.Dispose();

        Assert.False(await wait);
    }

    [Fact]
    public async Task Disposal_BetweenRecords_EndsTheReadingAtTheNext()
    {
        using StreamPrograms programs = new();
        EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 5);
        int read = 0;

        await foreach (Event _ in events.ReadAllAsync(TestToken))
        {
            if (++read == 2)
                events.Dispose();
        }

        Assert.Equal(2, read);
        programs.AssertReleased();
        await using BpfEventStream<Event>.AsyncEnumerator late = events.ReadAllAsync(TestToken).GetAsyncEnumerator(TestToken);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await late.MoveNextAsync());
    }

    [Fact]
    public async Task ShortRecord_ThrowsAndTheStreamContinues()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.ProduceBytes(first: 0, size: 4);
        programs.Produce(first: 3, count: 1);

        await Assert.ThrowsAsync<BpfMalformedRecordException>(async () =>
        {
            await foreach (Event _ in events.ReadAllAsync(TestToken))
                Assert.Fail("The short record was returned.");
        });

        await foreach (Event record in events.ReadAllAsync(TestToken))
        {
            Assert.Equal(3ul, record.Sequence);
            break;
        }
    }

    [Fact]
    public async Task Reading_AllocatesLessThanOnceAThousandRecords()
    {
        const int Total = 40_000;
        using StreamPrograms programs = new(ringSize: 1 << 20);
        using EventMap events = programs.OpenEvents();
        // The minimum of several runs: allocations of the runtime itself must not count.
        long allocated = long.MaxValue;
        for (int run = 0; run < 8; run++)
        {
            Assert.Equal(Total, programs.Produce(first: 0, count: Total));
            long before = GC.GetTotalAllocatedBytes(precise: true);
            int read = 0;
            await foreach (Event _ in events.ReadAllAsync(TestToken))
            {
                if (++read == Total)
                    break;
            }

            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // An allocation has at least 24 bytes.
        Assert.InRange(allocated, 0, Total / 1000 * 24);
    }

    [Fact]
    public async Task ConcurrentCancellationDisposalAndEvents_EndTheReading()
    {
        using StreamPrograms programs = new();
        for (int round = 0; round < 200; round++)
        {
            EventMap events = programs.OpenEvents();
            using CancellationTokenSource cancellation = new();
            Task<int> reading = events.CountUntilCancelled(cancellation.Token);
            Task produce = Task.Run(() => programs.Produce(first: 0, count: 3), TestToken);
            Task cancel = round % 3 == 1 ? Task.CompletedTask : cancellation.CancelAsync();
            if (round % 3 != 0)
                events.Dispose();
            await Task.WhenAll(produce, cancel);
            Assert.InRange(await reading, 0, 6);
            events.Dispose();
        }

        programs.AssertReleased();
    }
}
