using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of invalid records, handlers and callers.</summary>
[Collection(nameof(WholeProcess))]
public sealed class RingBufferFaultTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void ShortRecord_ThrowsAndIsConsumed(int size)
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 1, count: 1);
        programs.ProduceBytes(first: 0, size);
        programs.Produce(first: 2, count: 1);
        List<ulong> sequences = [];

        BpfMalformedRecordException problem = Assert.Throws<BpfMalformedRecordException>(() =>
            events.Read((in Event record) => sequences.Add(record.Sequence))
        );
        events.Read((in Event record) => sequences.Add(record.Sequence));

        Assert.Equal((size, 16, "events"), (problem.Length, problem.ExpectedLength, problem.MapName));
        Assert.Equal([1, 2], sequences);
    }

    [Fact]
    public void ShortRecords_GoToOnMalformedAndAreNotCounted()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        List<int> lengths = [];
        events.OnMalformed = record => lengths.Add(record.Length);
        programs.ProduceBytes(first: 0, size: 3);
        programs.Produce(first: 1, count: 1);
        programs.ProduceBytes(first: 0, size: 0);
        programs.Produce(first: 2, count: 1);
        programs.ProduceBytes(first: 0, size: 5);

        Assert.Equal(1, events.Read((in Event prefix, ReadOnlySpan<byte> _) => Assert.Equal(1ul, prefix.Sequence), limit: 1));
        Assert.True(events.TryRead(out Event second));
        Assert.Equal(2ul, second.Sequence);
        Assert.False(events.TryRead(out _));

        Assert.Equal([3, 0, 5], lengths);
    }

    [Fact]
    public void LongRecord_IsReadAsTheType()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.ProduceBytes(first: 1, size: 100);

        Assert.True(events.TryRead(out Event record));

        Assert.Equal(0x0807060504030201ul, record.Sequence);
        Assert.Equal(0, events.AvailableBytes);
    }

    [Fact]
    public void ExceptionOfAHandler_ConsumesItsRecord()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 10);

        InvalidTimeZoneException thrown = Assert.Throws<InvalidTimeZoneException>(() =>
            events.Read(
                (in Event record) =>
                {
                    if (record.Sequence == 4)
                        throw new InvalidTimeZoneException();
                }
            )
        );

        Assert.NotNull(thrown);
        Assert.True(events.TryRead(out Event next));
        Assert.Equal(5ul, next.Sequence);
        Assert.Equal(4, events.Read((in Event _) => { }));
    }

    [Fact]
    public void HandlerThatConsumes_IsRejected()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 2);

        int refused = 0;
        int consumed = events.Read(
            (in Event _) =>
            {
                InvalidOperationException problem = Assert.Throws<InvalidOperationException>(() => events.TryRead(out Event _));
                Assert.Contains("one consumer at a time", problem.Message, StringComparison.Ordinal);
                refused++;
            }
        );

        Assert.Equal((2, 2), (consumed, refused));
    }

    [Fact]
    public async Task SecondConsumer_IsRejectedWhileTheFirstWaits()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using ManualResetEventSlim isReading = new(),
            mayEnd = new();
        programs.Produce(first: 0, count: 1);
        Task<int> first = Background.Run(() =>
            events.Read(
                (in Event _) =>
                {
                    isReading.Set();
                    mayEnd.Wait();
                },
                s_long
            )
        );
        isReading.Wait(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => events.Read((in Event _) => { }));
        Assert.Throws<InvalidOperationException>(() => events.Read((in Event _) => { }, s_long));
        await using (
            BpfEventStream<Event>.AsyncEnumerator reading = events
                .ReadAllAsync(TestContext.Current.CancellationToken)
                .GetAsyncEnumerator(TestContext.Current.CancellationToken)
        )
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await reading.MoveNextAsync());

        mayEnd.Set();
        Assert.Equal(1, await first);
        Assert.Equal(0, events.Read((in Event _) => { }));
    }

    [Fact]
    public void HandlerThatDisposes_EndsReadingAfterItsRecord()
    {
        using StreamPrograms programs = new();
        EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 10);

        int consumed = events.Read(
            (in Event record) =>
            {
                if (record.Sequence == 2)
                    events.Dispose();
            }
        );

        Assert.Equal(3, consumed);
        programs.AssertReleased();
        Assert.Throws<ObjectDisposedException>(() => events.TryRead(out Event _));
    }

    [Fact]
    public void DisposedRing_ThrowsObjectDisposed()
    {
        EventMap events = EventMap.Create(4096, TestHost.Current);
        events.Dispose();
        events.Dispose();

        Assert.Throws<ObjectDisposedException>(() => events.Read((in Event _) => { }));
        Assert.Throws<ObjectDisposedException>(() => events.Read((in Event _) => { }, s_long));
        Assert.Throws<ObjectDisposedException>(() => events.AvailableBytes);
        Assert.Throws<ObjectDisposedException>(() => events.ProducerPosition);
        Assert.Equal(4096, events.Size);
    }

    [Fact]
    public async Task Disposal_EndsAPollThatWaits()
    {
        using StreamPrograms programs = new();
        for (int round = 0; round < 20; round++)
        {
            EventMap events = programs.OpenEvents();
            using ManualResetEventSlim started = new();
            Task<int> poll = Background.Run(() =>
            {
                started.Set();
                return events.Read((in Event _) => { }, Timeout.InfiniteTimeSpan);
            });
            started.Wait(TestContext.Current.CancellationToken);
            // The reader may already be waiting or about to wait: both waits must end.
            if (round % 2 == 0)
                Thread.Yield();
            // The stream owns the raw map: disposing either closes both.
            if (round % 4 == 3)
                events.Raw.Dispose();
            else
                events.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => poll);
        }

        programs.AssertReleased();
    }

    [Fact]
    public void ClassWithAnotherTypeThanItsSchema_IsRejectedAndLeavesNothingOpen()
    {
        using StreamPrograms programs = new();

        ArgumentException problem = Assert.Throws<ArgumentException>(() => new MisdeclaredMap(programs.Open("events")));

        Assert.Contains("16 bytes", problem.Message, StringComparison.Ordinal);
        programs.AssertReleased();
    }

    [Fact]
    public void NegativeTimeout_IsRejected()
    {
        using EventMap events = EventMap.Create(4096, TestHost.Current);

        Assert.Throws<ArgumentOutOfRangeException>(() => events.Read((in Event _) => { }, TimeSpan.FromSeconds(-5)));
    }

    [Fact]
    public void OpenedAndDisposedStreams_LeakNothing()
    {
        using StreamPrograms programs = new();

        for (int i = 0; i < 100; i++)
        {
            using EventMap events = programs.OpenEvents();
            programs.Produce(first: 0, count: 3);
            events.Read((in Event _) => { }, TimeSpan.Zero);
            events.Read((in Event _) => { }, TimeSpan.Zero);
        }

        programs.AssertReleased();
    }

    private sealed class MisdeclaredMap(RawMap raw)
        : BpfRingBuffer<Event>(
            raw,
            new BpfMapSchema
            {
                Type = BpfMapType.RingBuf,
                Name = "events",
                Value = BpfTypeLayout.Of<ulong>(),
            }
        );
}
