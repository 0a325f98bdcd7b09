namespace BpfMaps.Tests;

/// <summary>Tests of several threads that write while a program drains or the map is disposed.</summary>
[Collection(nameof(WholeProcess))]
public sealed class UserRingBufferConcurrencyTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task ManyThreads_WriteEveryRecordOnce()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        const int Threads = 4,
            PerThread = 3_000;
        Task[] writers =
        [
            .. Enumerable
                .Range(0, Threads)
                .Select(thread =>
                    Background.Run(() =>
                    {
                        for (int i = 0; i < PerThread; i++)
                        {
                            Assert.True(requests.TryReserve(out BpfReservation<Event> reservation, s_long));
                            reservation.Value.Value = (ulong)((thread * PerThread) + i);
                            if (i % 3 == 0)
                                reservation.Discard();
                            else
                                reservation.Submit();
                        }
                    })
                ),
        ];

        int drained = 0;
        while (drained < Threads * PerThread * 2 / 3)
        {
            drained += programs.Drain();
            await Task.Yield();
        }

        await Task.WhenAll(writers);
        ulong expected = 0;
        for (int i = 0; i < Threads * PerThread; i++)
            expected += i % PerThread % 3 == 0 ? 0 : (ulong)i;
        Drained result = programs.Drained;
        Assert.Equal((8_000ul, expected), (result.Count, result.Checksum));
    }

    [Fact]
    public async Task BlockingReservation_ReturnsAfterADrain()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        const ulong Total = 5_000;
        Task writer = Background.Run(() =>
        {
            for (ulong i = 1; i <= Total; i++)
            {
                Assert.True(requests.TryReserve(out BpfReservation<Event> reservation, s_long), $"There is no space for record {i}.");
                reservation.Value = new Event { Sequence = i, Value = 1 };
                reservation.Submit();
            }
        });

        int drained = 0;
        while (drained < (int)Total)
        {
            drained += programs.Drain();
            await Task.Yield();
        }

        await writer;
        Assert.Equal(
            new Drained
            {
                Count = Total,
                Checksum = Total,
                Last = Total,
            },
            programs.Drained
        );
    }

    [Fact]
    public async Task Disposal_EndsABlockingReservation()
    {
        using StreamPrograms programs = new();
        for (int round = 0; round < 20; round++)
        {
            RequestMap requests = programs.OpenRequests();
            while (requests.TryWrite(new Event())) { }

            using ManualResetEventSlim started = new();
            Task writer = Background.Run(() =>
            {
                started.Set();
                requests.TryReserve(out BpfReservation<Event> _, Timeout.InfiniteTimeSpan);
            });
            started.Wait(TestContext.Current.CancellationToken);
            requests.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => writer);
        }

        programs.AssertReleased();
    }

    [Fact]
    public async Task DisposalDuringWrites_EndsThemAndReleasesTheMemory()
    {
        using StreamPrograms programs = new(ringSize: 1 << 16);
        for (int round = 0; round < 50; round++)
        {
            RequestMap requests = programs.OpenRequests();
            using ManualResetEventSlim started = new();
            Task[] writers = [Background.Run(Reserve), Background.Run(Write)];
            started.Wait(TestContext.Current.CancellationToken);
            requests.Dispose();
            foreach (Task writer in writers)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => writer);
            programs.Drain();

            void Reserve()
            {
                while (true)
                {
                    started.Set();
                    if (!requests.TryReserve(out BpfReservation<Event> reservation))
                        continue;
                    reservation.Value.Sequence = 1;
                    reservation.Submit();
                }
            }

            void Write()
            {
                while (true)
                    requests.TryWrite(new Event());
            }
        }

        programs.AssertReleased();
    }
}
