using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Does on a host of its own what the programs of streams.bpf.c do in the kernel.</summary>
internal sealed class StreamPrograms : IDisposable
{
    private const string Events = "events", Requests = "requests";

    private readonly InMemoryBpfHost _host = new();
    private readonly RawMap _events;
    private readonly RawMap _requests;
    private Drained _drained;

    /// <param name="ringSize">Bytes of the ring <c>events</c> and of the user ring <c>requests</c>.</param>
    public StreamPrograms(uint ringSize = 4096)
    {
        _events = RawMap.Create(new BpfMapSpec { Type = BpfMapType.RingBuf, Name = Events, MaxEntries = ringSize }, _host);
        _requests = RawMap.Create(new BpfMapSpec { Type = BpfMapType.UserRingBuf, Name = Requests, MaxEntries = ringSize }, _host);
    }

    /// <summary>Who executes the commands on the maps.</summary>
    public BpfHost Host => _host;

    /// <summary>What the programs have seen of the requests since they were loaded.</summary>
    public Drained Drained => _drained;

    private InMemoryProgram Program => _host.AsProgram();

    /// <summary>Another owner of a map.</summary>
    public RawMap Open(string map) => RawMap.OpenById((map == Events ? _events : _requests).Info.Id, _host);

    public EventMap OpenEvents() => EventMap.Of(Open(Events));

    public RequestMap OpenRequests() => RequestMap.Of(Open(Requests));

    /// <summary>Fails unless all streams that were opened are closed again, with all that they held. Ends the use of the programs.</summary>
    public void AssertReleased()
    {
        Dispose();
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    /// <summary>Writes events until the ring is full; gives how many.</summary>
    public int Produce(ulong first, int count, ulong flags = 0) => Write(first, count, stopsWhenFull: true, discards: false, flags);

    /// <summary>Tries all events; gives how many found room.</summary>
    public int ProduceDropping(ulong first, int count) => Write(first, count, stopsWhenFull: false, discards: false, flags: 0);

    /// <summary>Writes events, of which every second is discarded; gives how many were not.</summary>
    public int ProduceDiscarding(ulong first, int count) => Write(first, count, stopsWhenFull: true, discards: true, flags: 0);

    /// <summary>Writes a record of some bytes, counting up from <paramref name="first"/>.</summary>
    public bool ProduceBytes(byte first, int size)
    {
        Span<byte> record = stackalloc byte[size];
        for (int i = 0; i < size; i++)
            record[i] = (byte)(first + i);
        return Program.Output(Events, record);
    }

    /// <summary>Writes <see cref="Started"/> and <see cref="Ended"/> in turns.</summary>
    public int ProduceKinds(ulong firstProcess, int count)
    {
        int written = 0;
        for (uint i = 0; i < count; i++)
        {
            Prefix prefix = new() { Kind = (i % 2) + 1, ProcessId = (uint)firstProcess + i };
            Started started = new() { Prefix = prefix, Inode = i * 100 };
            "command"u8.CopyTo(started.Command);
            bool isWritten = i % 2 == 0
                ? Program.Output(Events, started)
                : Program.Output(Events, new Ended { Prefix = prefix, Code = -(int)i });
            written += isWritten ? 1 : 0;
        }

        return written;
    }

    /// <summary>Takes the requests, up to the one with a sequence if that is not 0; gives how many, or the negated error number.</summary>
    public int TryDrain(ulong stopAt = 0, ulong flags = 0) => Program.DrainUserRing(Requests, record => Take(record, stopAt), (BpfRingFlags)flags);

    /// <summary>Takes the requests as bytes; gives how many, or the negated error number.</summary>
    public int DrainBytes() => Program.DrainUserRing(Requests, record =>
    {
        ulong checksum = _drained.Checksum;
        for (int i = 0; i < record.Length; i++)
            checksum += record[i] * (ulong)(i + 1);
        _drained = _drained with { Count = _drained.Count + 1, Bytes = _drained.Bytes + (ulong)record.Length, Checksum = checksum };
        return InMemoryDrain.Continue;
    });

    /// <summary>Asks for the numbers of the ring of events.</summary>
    public QueriedRing Query()
    {
        InMemoryRingState state = Program.QueryRing(Events);
        return new QueriedRing((ulong)state.AvailableBytes, (ulong)state.Size, state.ConsumerPosition, state.ProducerPosition);
    }

    public void Dispose()
    {
        _events.Dispose();
        _requests.Dispose();
    }

    private int Write(ulong first, int count, bool stopsWhenFull, bool discards, ulong flags)
    {
        int written = 0;
        for (int i = 0; i < count; i++)
        {
            if (!Program.TryReserve(Events, Marshal.SizeOf<Event>(), out InMemoryReservation? reservation))
            {
                if (stopsWhenFull)
                    break;
                continue;
            }

            ulong sequence = first + (ulong)i;
            reservation.As<Event>() = new Event { Sequence = sequence, Value = sequence * 3 };
            if (discards && i % 2 != 0)
            {
                reservation.Discard((BpfRingFlags)flags);
                continue;
            }

            reservation.Submit((BpfRingFlags)flags);
            written++;
        }

        return written;
    }

    private InMemoryDrain Take(ReadOnlySpan<byte> record, ulong stopAt)
    {
        _drained = _drained with { Count = _drained.Count + 1 };
        if (record.Length < Marshal.SizeOf<Event>())
            return InMemoryDrain.Continue;
        Event request = BpfRecord.As<Event>(record);
        _drained = _drained with
        {
            Last = request.Sequence,
            Checksum = _drained.Checksum + request.Value,
            OutOfOrder = _drained.OutOfOrder + (request.Sequence == _drained.Last + 1 ? 0ul : 1),
        };
        return stopAt != 0 && request.Sequence == stopAt ? InMemoryDrain.Stop : InMemoryDrain.Continue;
    }
}
