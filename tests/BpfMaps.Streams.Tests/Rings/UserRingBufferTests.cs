using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class UserRingBufferTests
{
    private const int Stride = 24;
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public void Records_ReachTheProgramInOrderAndWhole()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        for (ulong i = 1; i <= 50; i++)
            Assert.True(requests.Write(new Event { Sequence = i, Value = i * 7 }));
        for (ulong i = 51; i <= 100; i++)
        {
            Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
            using (reservation)
            {
                reservation.Value.Sequence = i;
                reservation.Value.Value = i * 7;
                reservation.Submit();
            }
        }

        Assert.Equal(100 * Stride, requests.PendingBytes);
        Assert.Equal(100, Drain(programs));

        Assert.Equal(new Drained { Count = 100, Checksum = 7 * 5050, Last = 100 }, Result(programs));
        Assert.Equal(0, requests.PendingBytes);
        Assert.Equal((100ul * Stride, 100ul * Stride), (requests.ConsumerPosition, requests.ProducerPosition));
    }

    [Fact]
    public void FullRing_SaysNoAndTakesRecordsAgainAfterADrain()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        ulong written = 0;
        while (requests.Write(new Event { Sequence = written + 1, Value = 1 }))
            written++;

        Assert.Equal(4096ul / Stride, written);
        Assert.False(requests.TryReserve(out BpfReservation<Event> none));
        Assert.False(requests.TryReserve(TimeSpan.Zero, out none));
        Assert.False(requests.TryReserve(TimeSpan.FromMilliseconds(20), out none));
        Assert.False(requests.Write(new byte[16]));
        Assert.Equal((int)written, Drain(programs));
        Assert.True(requests.Write(new Event { Sequence = written + 1, Value = 1 }));
        Assert.Equal(1, Drain(programs));
        Assert.Equal(written + 1, Result(programs).Last);
    }

    [Fact]
    public void RecordLargerThanTheRing_IsAnArgumentThatNamesTheLimit()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));

        Assert.Equal(4088, requests.MaxRecordLength);
        ArgumentException problem = Assert.Throws<ArgumentException>(() => requests.TryReserve(4089, out BpfReservation _));
        Assert.Contains("0 to 4088", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => requests.TryReserve(-1, out BpfReservation _));
        Assert.Throws<ArgumentException>(() => requests.Write(new byte[5000]));
        Assert.True(requests.Write(new byte[4088]));
        Assert.False(requests.Write(default(ReadOnlySpan<byte>)));
        Assert.Equal(1, programs.Run("drain_bytes", default));
        Assert.Equal(4088ul, Result(programs).Bytes);
    }

    [Fact]
    public void RecordsOfEverySize_KeepTheirBytes()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        ulong count = 0, bytes = 0, checksum = 0;
        for (int size = 0; size < 3000; size += 37)
        {
            Assert.True(requests.TryReserve(size, out BpfReservation reservation));
            Assert.Equal(size, reservation.Bytes.Length);
            for (int i = 0; i < size; i++)
            {
                reservation.Bytes[i] = (byte)(size + i);
                checksum += (ulong)(byte)(size + i) * (ulong)(i + 1);
            }

            reservation.Submit();
            Assert.Equal(1, programs.Run("drain_bytes", default));
            (count, bytes) = (count + 1, bytes + (ulong)size);
        }

        Assert.Equal(new Drained { Count = count, Bytes = bytes, Checksum = checksum }, Result(programs));
    }

    [Fact]
    public void DiscardedAndForgottenReservations_AreSkipped()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        Assert.True(requests.TryReserve(out BpfReservation<Event> discarded));
        discarded.Discard();
        Assert.True(requests.Write(new Event { Sequence = 1, Value = 10 }));
        Assert.True(requests.TryReserve(out BpfReservation<Event> disposed));
        disposed.Value.Sequence = 99;
        disposed.Dispose();
        Assert.True(requests.Write(new Event { Sequence = 2, Value = 20 }));

        Assert.Equal(2, Drain(programs));
        Assert.Equal(new Drained { Count = 2, Checksum = 30, Last = 2 }, Result(programs));
    }

    [Fact]
    public void OpenReservation_HoldsUpTheRecordsAfterIt()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        Assert.True(requests.TryReserve(out BpfReservation<Event> first));
        Assert.True(requests.Write(new Event { Sequence = 2, Value = 2 }));
        Assert.Equal(0, Drain(programs));

        first.Value = new Event { Sequence = 1, Value = 1 };
        first.Submit();

        Assert.Equal(2, Drain(programs));
        Assert.Equal(new Drained { Count = 2, Checksum = 3, Last = 2 }, Result(programs));
    }

    [Fact]
    public void ReservationThatIsOver_CannotBeUsedNorEndedAgain()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
        BpfReservation<Event> copy = reservation;
        reservation.Value = new Event { Sequence = 1, Value = 5 };
        reservation.Submit();

        Assert.True(requests.TryReserve(out BpfReservation<Event> next));
        Assert.True(Refuses(copy, static stale => stale.Submit()));
        Assert.True(Refuses(copy, static stale => stale.Discard()));
        Assert.True(Refuses(copy, static stale => stale.Value.Value = 1));
        Assert.True(Refuses(default, static none => none.Submit()));
        copy.Dispose();
        next.Value = new Event { Sequence = 2, Value = 6 };
        next.Submit();

        Assert.Equal(2, Drain(programs));
        Assert.Equal(new Drained { Count = 2, Checksum = 11, Last = 2 }, Result(programs));
    }

    [Fact]
    public void ReservedValue_IsZeroAtFirst()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        byte[] garbage = new byte[4088];
        Array.Fill(garbage, (byte)0xff);
        Assert.True(requests.Write(garbage));
        programs.Run("drain_bytes", default);

        Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
        Assert.Equal((0ul, 0ul), (reservation.Value.Sequence, reservation.Value.Value));
        reservation.Dispose();
    }

    [Fact]
    public async Task BlockingReservation_ReturnsWhenAProgramHasDrained()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        const ulong Total = 5_000;
        Task writer = InBackground(() =>
        {
            for (ulong i = 1; i <= Total; i++)
            {
                Assert.True(requests.TryReserve(s_long, out BpfReservation<Event> reservation), $"No room for record {i}.");
                reservation.Value = new Event { Sequence = i, Value = 1 };
                reservation.Submit();
            }
        });

        int drained = 0;
        while (drained < (int)Total)
        {
            drained += Drain(programs);
            await Task.Yield();
        }

        await writer;
        Assert.Equal(new Drained { Count = Total, Checksum = Total, Last = Total }, Result(programs));
    }

    [Fact]
    public async Task ManyThreads_WriteEveryRecordOnce()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        const int Threads = 4, PerThread = 3_000;
        Task[] writers = [.. Enumerable.Range(0, Threads).Select(thread => InBackground(() =>
        {
            for (int i = 0; i < PerThread; i++)
            {
                Assert.True(requests.TryReserve(s_long, out BpfReservation<Event> reservation));
                reservation.Value.Value = (ulong)((thread * PerThread) + i);
                if (i % 3 == 0)
                    reservation.Discard();
                else
                    reservation.Submit();
            }
        }))];

        int drained = 0;
        while (drained < Threads * PerThread * 2 / 3)
        {
            drained += Drain(programs);
            await Task.Yield();
        }

        await Task.WhenAll(writers);
        ulong expected = 0;
        for (int i = 0; i < Threads * PerThread; i++)
            expected += i % PerThread % 3 == 0 ? 0 : (ulong)i;
        Drained result = Result(programs);
        Assert.Equal((8_000ul, expected), (result.Count, result.Checksum));
    }

    [Fact]
    public async Task Disposal_EndsABlockingReservation()
    {
        using StreamPrograms programs = new();
        int descriptors = Settled.CountDescriptors(), mappings = OpenDescriptors.CountMappings();
        for (int round = 0; round < 20; round++)
        {
            RequestMap requests = RequestMap.Of(programs.Open("requests"));
            while (requests.Write(new Event()))
            {
            }

            using ManualResetEventSlim started = new();
            Task writer = InBackground(() =>
            {
                started.Set();
                requests.TryReserve(Timeout.InfiniteTimeSpan, out BpfReservation<Event> _);
            });
            started.Wait(TestContext.Current.CancellationToken);
            requests.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => writer);
        }

        Assert.Equal((descriptors, mappings), (Settled.CountDescriptors(), OpenDescriptors.CountMappings()));
    }

    [Fact]
    public void OpenReservation_KeepsTheMemoryPastTheMapsDisposal()
    {
        using StreamPrograms programs = new();
        int mappings = OpenDescriptors.CountMappings();
        RequestMap requests = RequestMap.Of(programs.Open("requests"));
        Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
        requests.Dispose();

        reservation.Value = new Event { Sequence = 1, Value = 4 };
        reservation.Submit();

        Assert.Equal(mappings, OpenDescriptors.CountMappings());
        Assert.Equal(1, Drain(programs));
        Assert.Equal(4ul, Result(programs).Checksum);
        Assert.Throws<ObjectDisposedException>(() => requests.TryReserve(out BpfReservation<Event> _));
        Assert.Throws<ObjectDisposedException>(() => requests.PendingBytes);
    }

    [Fact]
    public void Writing_AllocatesNothing()
    {
        using StreamPrograms programs = new(ringSize: 1 << 20);
        using RequestMap requests = RequestMap.Of(programs.Open("requests"));
        byte[] bytes = new byte[40];
        long allocated = -1;
        for (int warmUp = 0; warmUp < 2; warmUp++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 3_000; i++)
            {
                requests.Write(new Event());
                requests.Write(bytes);
                if (requests.TryReserve(out BpfReservation<Event> reservation))
                    reservation.Submit();
                if (requests.TryReserve(s_long, out reservation))
                    reservation.Dispose();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.InRange(requests.PendingBytes, 1, requests.Size - 1);
    }

    private static int Drain(StreamPrograms programs)
    {
        int drained = programs.Run("drain", default);
        Assert.True(drained >= 0, $"bpf_user_ringbuf_drain answered {drained}.");
        return drained;
    }

    private static Drained Result(StreamPrograms programs)
    {
        using RawMap data = programs.Open(".bss.drained");
        Drained result = default;
        Assert.True(data.TryLookup(new byte[4], MemoryMarshal.AsBytes(new Span<Drained>(ref result))));
        return result;
    }

    private static bool Refuses(BpfReservation<Event> reservation, Use use)
    {
        // A ref struct cannot be captured, so Assert.Throws cannot do this.
        try
        {
            use(reservation);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static Task InBackground(Action action) =>
        Task.Factory.StartNew(action, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private delegate void Use(BpfReservation<Event> reservation);

    /// <summary><c>struct drained</c>.</summary>
    private record struct Drained(ulong Count, ulong Checksum, ulong Last, ulong Bytes, ulong OutOfOrder);
}
