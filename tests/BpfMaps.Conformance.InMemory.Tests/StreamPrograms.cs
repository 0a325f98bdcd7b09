using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Performs the operations of the programs in streams.bpf.c on an in-memory host.</summary>
internal sealed class StreamPrograms : IDisposable
{
    private const string Events = "events",
        Requests = "requests";

    private readonly InMemoryBpfHost _host = new();
    private readonly RawMap _events;
    private readonly RawMap _requests;
    private Drained _drained;

    /// <param name="ringSize">The size in bytes of the ring <c>events</c> and of the user ring <c>requests</c>.</param>
    public StreamPrograms(uint ringSize = 4096)
    {
        _events = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.RingBuf,
                Name = Events,
                MaxEntries = ringSize,
            },
            _host
        );
        _requests = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.UserRingBuf,
                Name = Requests,
                MaxEntries = ringSize,
            },
            _host
        );
    }

    /// <summary>The host that executes the map commands.</summary>
    public BpfHost Host => _host;

    /// <summary>The requests that the programs have received since they were loaded.</summary>
    public Drained Drained => _drained;

    private InMemoryProgram Program => _host.AsProgram();

    /// <summary>Opens a map with its own descriptor.</summary>
    public RawMap Open(string map) => RawMap.OpenById((map == Events ? _events : _requests).Info.Id, host: _host);

    public EventMap OpenEvents() => EventMap.Of(Open(Events));

    public RequestMap OpenRequests() => RequestMap.Of(Open(Requests));

    /// <summary>
    /// Fails unless all opened streams are closed and everything they held is released. The programs cannot be used afterwards.
    /// </summary>
    public void AssertReleased()
    {
        Dispose();
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    /// <summary>Writes events until the ring is full. Returns the number written.</summary>
    public int Produce(ulong first, int count, ulong flags = 0) => Write(first, count, stopsWhenFull: true, discards: false, flags);

    /// <summary>Tries to write all events. Returns the number that fit.</summary>
    public int ProduceDropping(ulong first, int count) => Write(first, count, stopsWhenFull: false, discards: false, flags: 0);

    /// <summary>Writes events and discards every second one. Returns the number that were not discarded.</summary>
    public int ProduceDiscarding(ulong first, int count) => Write(first, count, stopsWhenFull: true, discards: true, flags: 0);

    /// <summary>Writes a record whose bytes count up from <paramref name="first"/>.</summary>
    public bool ProduceBytes(byte first, int size)
    {
        Span<byte> record = stackalloc byte[size];
        for (int i = 0; i < size; i++)
            record[i] = (byte)(first + i);
        return Program.Output(Events, record);
    }

    /// <summary>Writes <see cref="Started"/> and <see cref="Ended"/> alternately.</summary>
    public int ProduceKinds(ulong firstProcess, int count)
    {
        int written = 0;
        for (uint i = 0; i < count; i++)
        {
            Prefix prefix = new() { Kind = (i % 2) + 1, ProcessId = (uint)firstProcess + i };
            Started started = new() { Prefix = prefix, Inode = i * 100 };
            "command"u8.CopyTo(started.Command);
            bool isWritten =
                i % 2 == 0 ? Program.Output(Events, started) : Program.Output(Events, new Ended { Prefix = prefix, Code = -(int)i });
            written += isWritten ? 1 : 0;
        }

        return written;
    }

    /// <summary>
    /// Consumes the requests, up to the one with a given sequence number if it is not 0. Returns their number, or the negated error number.
    /// </summary>
    public int TryDrain(ulong stopAt = 0, ulong flags = 0) =>
        Program.DrainUserRing(Requests, record => Take(record, stopAt), (BpfRingFlags)flags);

    /// <summary>Consumes the requests as bytes. Returns their number, or the negated error number.</summary>
    public int DrainBytes() =>
        Program.DrainUserRing(
            Requests,
            record =>
            {
                ulong checksum = _drained.Checksum;
                for (int i = 0; i < record.Length; i++)
                    checksum += record[i] * (ulong)(i + 1);
                _drained = _drained with { Count = _drained.Count + 1, Bytes = _drained.Bytes + (ulong)record.Length, Checksum = checksum };
                return InMemoryDrain.Continue;
            }
        );

    /// <summary>Queries the ring of events.</summary>
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
