namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class UserRingBufferTests
{
    private const int Stride = 24;
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public void Records_ReachTheProgramCompleteAndInOrder()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        for (ulong i = 1; i <= 50; i++)
            Assert.True(requests.TryWrite(new Event { Sequence = i, Value = i * 7 }));
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
        Assert.Equal(100, programs.Drain());

        Assert.Equal(
            new Drained
            {
                Count = 100,
                Checksum = 7 * 5050,
                Last = 100,
            },
            programs.Drained
        );
        Assert.Equal(0, requests.PendingBytes);
        Assert.Equal((100ul * Stride, 100ul * Stride), (requests.ConsumerPosition, requests.ProducerPosition));
    }

    [Fact]
    public void FullRing_RejectsRecordsUntilADrain()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        ulong written = 0;
        while (requests.TryWrite(new Event { Sequence = written + 1, Value = 1 }))
            written++;

        Assert.Equal(4096ul / Stride, written);
        Assert.False(requests.TryReserve(out BpfReservation<Event> none));
        Assert.False(requests.TryReserve(out none, TimeSpan.Zero));
        Assert.False(requests.TryReserve(out none, TimeSpan.FromMilliseconds(20)));
        Assert.False(requests.TryWrite(new byte[16]));
        Assert.Equal((int)written, programs.Drain());
        Assert.True(requests.TryWrite(new Event { Sequence = written + 1, Value = 1 }));
        Assert.Equal(1, programs.Drain());
        Assert.Equal(written + 1, programs.Drained.Last);
    }

    [Fact]
    public void RecordLargerThanTheRing_IsRejectedWithTheLimit()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();

        Assert.Equal(4088, requests.MaxRecordLength);
        ArgumentException problem = Assert.Throws<ArgumentException>(() => requests.TryReserve(4089, out BpfReservation _));
        Assert.Contains("0 to 4088", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => requests.TryReserve(-1, out BpfReservation _));
        Assert.Throws<ArgumentException>(() => requests.TryWrite(new byte[5000]));
        Assert.True(requests.TryWrite(new byte[4088]));
        Assert.False(requests.TryWrite(default(ReadOnlySpan<byte>)));
        Assert.Equal(1, programs.DrainBytes());
        Assert.Equal(4088ul, programs.Drained.Bytes);
    }

    [Fact]
    public void RecordsOfEverySize_KeepTheirBytes()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        ulong count = 0,
            bytes = 0,
            checksum = 0;
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
            Assert.Equal(1, programs.DrainBytes());
            (count, bytes) = (count + 1, bytes + (ulong)size);
        }

        Assert.Equal(
            new Drained
            {
                Count = count,
                Bytes = bytes,
                Checksum = checksum,
            },
            programs.Drained
        );
    }

    [Fact]
    public void DiscardedAndDisposedReservations_AreSkipped()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        Assert.True(requests.TryReserve(out BpfReservation<Event> discarded));
        discarded.Discard();
        Assert.True(requests.TryWrite(new Event { Sequence = 1, Value = 10 }));
        Assert.True(requests.TryReserve(out BpfReservation<Event> disposed));
        disposed.Value.Sequence = 99;
        disposed.Dispose();
        Assert.True(requests.TryWrite(new Event { Sequence = 2, Value = 20 }));

        Assert.Equal(2, programs.Drain());
        Assert.Equal(
            new Drained
            {
                Count = 2,
                Checksum = 30,
                Last = 2,
            },
            programs.Drained
        );
    }

    [Fact]
    public void OpenReservation_BlocksLaterRecords()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        Assert.True(requests.TryReserve(out BpfReservation<Event> first));
        Assert.True(requests.TryWrite(new Event { Sequence = 2, Value = 2 }));
        Assert.Equal(0, programs.Drain());

        first.Value = new Event { Sequence = 1, Value = 1 };
        first.Submit();

        Assert.Equal(2, programs.Drain());
        Assert.Equal(
            new Drained
            {
                Count = 2,
                Checksum = 3,
                Last = 2,
            },
            programs.Drained
        );
    }

    [Fact]
    public void ManyOpenReservations_AreDrainedInTheOrderOfTheirReservation()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        const ulong Depth = 40;
        for (ulong round = 0; round < 2; round++)
        {
            ReserveUpTo((round * Depth) + 1, (round + 1) * Depth);
            Assert.Equal((int)Depth, programs.Drain());
        }

        Assert.Equal(
            new Drained
            {
                Count = 2 * Depth,
                Checksum = Depth * ((2 * Depth) + 1),
                Last = 2 * Depth,
            },
            programs.Drained
        );

        // Each is ended after all later reservations.
        void ReserveUpTo(ulong sequence, ulong last)
        {
            Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
            if (sequence < last)
                ReserveUpTo(sequence + 1, last);
            reservation.Value = new Event { Sequence = sequence, Value = sequence };
            reservation.Submit();
        }
    }

    [Fact]
    public void LongRecord_KeepsItsBytes()
    {
        using StreamPrograms programs = new(ringSize: 1 << 16);
        using RequestMap requests = programs.OpenRequests();
        byte[] record = new byte[20_000];
        ulong checksum = 0;

        // The program reads the first 4096 bytes.
        for (int i = 0; i < 4096; i++)
        {
            record[i] = (byte)(i * 7);
            checksum += record[i] * (ulong)(i + 1);
        }

        Assert.True(requests.TryWrite(record));
        Assert.Equal(20_008, requests.PendingBytes);
        Assert.Equal(1, programs.DrainBytes());
        Assert.Equal((1ul, checksum), (programs.Drained.Count, programs.Drained.Checksum));
    }

    [Fact]
    public void EndedReservation_CannotBeUsedOrEndedAgain()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
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

        Assert.Equal(2, programs.Drain());
        Assert.Equal(
            new Drained
            {
                Count = 2,
                Checksum = 11,
                Last = 2,
            },
            programs.Drained
        );
    }

    [Fact]
    public void ReservedValue_IsInitiallyZero()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        byte[] garbage = new byte[4088];
        Array.Fill(garbage, (byte)0xff);
        Assert.True(requests.TryWrite(garbage));
        programs.DrainBytes();

        Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
        Assert.Equal((0ul, 0ul), (reservation.Value.Sequence, reservation.Value.Value));
        reservation.Dispose();
    }

    [Fact]
    public void OpenReservation_KeepsTheMemoryAfterTheMapsDisposal()
    {
        using StreamPrograms programs = new();
        RequestMap requests = programs.OpenRequests();
        Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
        requests.Dispose();

        reservation.Value = new Event { Sequence = 1, Value = 4 };
        reservation.Submit();

        Assert.Equal(1, programs.Drain());
        Assert.Equal(4ul, programs.Drained.Checksum);
        programs.AssertReleased();
        Assert.Throws<ObjectDisposedException>(() => requests.TryReserve(out BpfReservation<Event> _));
        Assert.Throws<ObjectDisposedException>(() => requests.PendingBytes);
    }

    [Fact]
    public void Writing_AllocatesNothing()
    {
        using StreamPrograms programs = new(ringSize: 1 << 20);
        using RequestMap requests = programs.OpenRequests();
        byte[] bytes = new byte[40];
        long allocated = -1;
        for (int warmUp = 0; warmUp < 2; warmUp++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 3_000; i++)
            {
                requests.TryWrite(new Event());
                requests.TryWrite(bytes);
                if (requests.TryReserve(out BpfReservation<Event> reservation))
                    reservation.Submit();
                if (requests.TryReserve(out reservation, s_long))
                    reservation.Dispose();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.InRange(requests.PendingBytes, 1, requests.Size - 1);
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

    private delegate void Use(BpfReservation<Event> reservation);
}
