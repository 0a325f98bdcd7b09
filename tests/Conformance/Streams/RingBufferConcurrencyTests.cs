namespace BpfMaps.Tests;

/// <summary>Tests of a program that writes while this process reads.</summary>
[Collection(nameof(WholeProcess))]
public sealed class RingBufferConcurrencyTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task EightTimesTheCapacity_ArrivesCompleteAndInOrder()
    {
        using StreamPrograms programs = new(ringSize: 16384);
        using EventMap events = programs.OpenEvents();
        int total = 8 * 16384 / 24;
        Task producer = Background.Run(() => programs.ProduceAll(total));

        ulong next = 0;
        while (next < (ulong)total)
            Assert.NotEqual(0, events.Read((in Event record) => Assert.Equal(next++, record.Sequence), s_long));

        await producer;
        Assert.False(events.TryRead(out _));
    }

    [Fact]
    public async Task MillionEvents_AddUp()
    {
        const int Total = 1_000_000;
        using StreamPrograms programs = new(ringSize: 1 << 20);
        using EventMap events = programs.OpenEvents();
        Task producer = Background.Run(() => programs.ProduceAll(Total));

        ulong next = 0,
            checksum = 0;
        while (next < Total)
        {
            int read = events.Read(
                (in Event record) =>
                {
                    checksum += record.Value;
                    next += record.Sequence == next ? 1u : 0;
                },
                s_long
            );
            Assert.NotEqual(0, read);
        }

        await producer;
        Assert.Equal((ulong)Total, next);
        Assert.Equal(3 * ((ulong)Total * (Total - 1) / 2), checksum);
    }

    [Fact]
    public async Task SingleEvents_EachWakeAWaitingReader()
    {
        const int Total = 20_000;
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        Task producer = Background.Run(() =>
        {
            for (int i = 0; i < Total; i++)
                programs.ProduceAll(1, (ulong)i);
        });

        ulong next = 0;
        while (next < Total)
            Assert.NotEqual(0, events.Read((in Event record) => Assert.Equal(next++, record.Sequence), s_long));
        await producer;
    }

    [Fact]
    public async Task Disposal_WhileAProgramWritesAndAThreadReads_EndsTheReader()
    {
        using StreamPrograms programs = new();
        for (int round = 0; round < 50; round++)
        {
            EventMap events = programs.OpenEvents();
            using ManualResetEventSlim hasRead = new();
            Task reader = Background.Run(() =>
            {
                ulong sum = 0;
                while (true)
                {
                    events.Read((in Event record) => sum += record.Value, s_long);
                    hasRead.Set();
                }
            });
            programs.Produce(first: 0, count: 50);
            hasRead.Wait(TestContext.Current.CancellationToken);
            programs.Produce(first: 0, count: 50);
            events.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => reader);
        }

        programs.AssertReleased();
    }

    [Fact]
    public async Task ThreadsThatTakeTurns_ReadEachRecordOnce()
    {
        const int PerRound = 20_000,
            Rounds = 20;
        using StreamPrograms programs = new(ringSize: 1 << 20);
        using EventMap events = programs.OpenEvents();
        int[] times = new int[PerRound * Rounds];
        // Both threads begin a round together, and neither reads while the next round is written.
        using Barrier rounds = new(
            2,
            round => Assert.Equal(PerRound, programs.Produce((ulong)(round.CurrentPhaseNumber * PerRound), PerRound))
        );

        await Task.WhenAll(Background.Run(Read), Background.Run(Read));

        Assert.Equal(times.Length, times.Count(count => count == 1));

        void Read()
        {
            for (int round = 0; round < Rounds; round++)
            {
                Assert.True(rounds.SignalAndWait(s_long, TestContext.Current.CancellationToken), "The other reader has failed.");
                while (events.AvailableBytes > 0)
                    ReadOne();
            }
        }

        void ReadOne()
        {
            try
            {
                if (events.TryRead(out Event record))
                    Interlocked.Increment(ref times[record.Sequence]);
            }
            catch (InvalidOperationException problem) when (problem is not ObjectDisposedException)
            {
                // The other thread is reading.
            }
        }
    }

    [Fact]
    public async Task Disposal_WhileThreadsReadOneByOne_EndsThemAndReleasesTheMemory()
    {
        using StreamPrograms programs = new();
        for (int round = 0; round < 200; round++)
        {
            EventMap events = programs.OpenEvents();
            programs.Produce(first: 0, count: 100);
            using ManualResetEventSlim hasRead = new();
            Task[] readers = [Background.Run(ReadOn), Background.Run(ReadOn)];
            hasRead.Wait(TestContext.Current.CancellationToken);
            events.Dispose();
            foreach (Task reader in readers)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => reader);

            void ReadOn()
            {
                while (true)
                {
                    try
                    {
                        events.TryRead(out _);
                    }
                    catch (InvalidOperationException problem) when (problem is not ObjectDisposedException)
                    {
                        // The other thread is reading.
                        Thread.SpinWait(20);
                    }

                    hasRead.Set();
                }
            }
        }

        programs.AssertReleased();
    }

    [Fact]
    public async Task Positions_CanBeReadDuringReadingAndDisposal()
    {
        using StreamPrograms programs = new();
        EventMap events = programs.OpenEvents();
        Task monitor = Background.Run(() =>
        {
            while (true)
                Assert.InRange(events.AvailableBytes, 0, events.Size);
        });
        for (ulong i = 0; i < 2_000; i++)
        {
            programs.Produce(first: i, count: 1);
            Assert.True(events.TryRead(out _));
        }

        events.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => monitor);
    }
}
