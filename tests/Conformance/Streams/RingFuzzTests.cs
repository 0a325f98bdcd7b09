using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

/// <summary>
/// Another thread writes random bytes into a ring's memory while the ring is used. Every call ends, with a documented result or exception.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class RingFuzzTests
{
    private const int Rounds = 3_000;
    private const int MostRecords = 1_000;

    private static ulong s_sum;

    [Fact]
    public async Task ReadersOfAScribbledRing_NeverLeaveItsMemory()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using ScribbledRing other = new(programs.Open("events"));
        int torn = 0;

        await Fuzzing.While(
            Rounds,
            other.ScribblePosition,
            async random =>
            {
                programs.Produce(first: (ulong)random.NextInt64(), count: random.Next(20));
                programs.ProduceBytes(first: (byte)random.Next(), size: random.Next(200));
                events.OnMalformed = random.Next(2) == 0 ? Touch : null;
                try
                {
                    await ReadAsync(events, random);
                }
                catch (BpfException problem) when (problem.ErrnoName == "EPROTO" || problem is BpfMalformedRecordException)
                {
                    torn++;
                }

                Assert.InRange(events.AvailableBytes, 0, events.Size);
            }
        );

        Assert.NotEqual(0, torn);
    }

    [Fact]
    public async Task WritersOfAScribbledRing_NeverLeaveItsMemory()
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        using ScribbledRing other = new(programs.Open("requests"));
        int torn = 0;

        await Fuzzing.While(
            Rounds,
            random =>
            {
                if (random.Next(4) == 0)
                    other.ScribblePosition(random);
                else
                    other.ScribbleHeader(random);
            },
            random =>
            {
                try
                {
                    Write(requests, random);
                }
                catch (BpfException problem) when (problem.ErrnoName == "EPROTO")
                {
                    torn++;
                }

                // Refused or not: what the reader makes of it is the kernel's affair.
                programs.TryDrain();
                programs.DrainBytes();
                Assert.InRange(requests.PendingBytes, 0, requests.Size);
                return Task.CompletedTask;
            }
        );

        Assert.NotEqual(0, torn);
    }

    private static async Task ReadAsync(EventMap events, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                events.Read((in Event record) => s_sum += record.Sequence + record.Value, limit: MostRecords);
                break;
            case 1:
                events.Read(Touch, limit: MostRecords);
                break;
            case 2:
                events.Read((in Event prefix, ReadOnlySpan<byte> record) => Touch(record), limit: MostRecords);
                break;
            case 3:
                events.Read(Touch, TimeSpan.Zero, MostRecords);
                break;
            case 4:
                for (int read = 0; read < MostRecords && events.TryRead(out Event record); read++)
                    s_sum += record.Sequence;
                break;
            default:
                await Fuzzing.ReadWithoutWaiting(events, MostRecords);
                break;
        }
    }

    private static void Write(RequestMap requests, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                requests.TryWrite(new Event { Sequence = 1 });
                break;
            case 1:
                requests.TryWrite(new byte[random.Next(requests.MaxRecordLength + 1)]);
                break;
            case 2 when requests.TryReserve(out BpfReservation<Event> reservation):
                using (reservation)
                {
                    reservation.Value.Sequence = 2;
                    reservation.Submit();
                }

                break;
            case 3 when requests.TryReserve(random.Next(requests.MaxRecordLength + 1), out BpfReservation reservation):
                using (reservation)
                {
                    reservation.Bytes.Fill(0xa5);
                    if (random.Next(2) == 0)
                        reservation.Submit();
                }

                break;
            default:
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Touch(ReadOnlySpan<byte> record)
    {
        foreach (byte value in record)
            s_sum += value;
    }
}
