using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A user ring buffer: user space writes, programs read. This class is the programs' side.</summary>
internal sealed class UserRingMap(MapShape shape, HostTables tables) : RingMap(shape, tables)
{
    /// <summary>The maximum number of records per call (BPF_MAX_USER_RINGBUF_SAMPLES).</summary>
    private const int MostRecords = 128 * 1024;

    /// <summary>The maximum size of a record that a program can read (DYNPTR_MAX_SIZE).</summary>
    private const uint LargestRecord = (1u << 24) - 1;

    private int _isDraining;

    /// <summary>The state of the record at the consumer position.</summary>
    private enum Found
    {
        Record,
        Discarded,
        Nothing,
        Malformed,
        TooLong,
    }

    /// <summary>Passes the records to a program and then wakes writers that wait for space, as the kernel does.</summary>
    /// <returns>The number of records, or the negated error number.</returns>
    public int Drain(InMemoryDrainHandler handler, BpfRingFlags flags)
    {
        if (Interlocked.CompareExchange(ref _isDraining, 1, 0) != 0)
            return -Errno.EBUSY;

        int passed = 0;
        try
        {
            return Drain(handler, ref passed);
        }
        finally
        {
            Volatile.Write(ref _isDraining, 0);
            if ((flags & BpfRingFlags.ForceWakeup) != 0 || (passed != 0 && (flags & BpfRingFlags.NoWakeup) == 0))
                Wake();
        }
    }

    public override bool IsReady(BpfReadiness readiness)
    {
        if (readiness != BpfReadiness.Writable)
            return false;
        (ulong consumer, ulong producer) = Window.Positions();
        return producer - consumer < Window.Size;
    }

    protected override bool IsWritable(nint offset, nuint length) => offset != 0;

    private int Drain(InMemoryDrainHandler handler, ref int passed)
    {
        int records = 0;
        InMemoryDrain verdict = InMemoryDrain.Continue;
        while (passed < MostRecords && verdict == InMemoryDrain.Continue)
        {
            switch (Peek(out ulong position, out uint length))
            {
                case Found.Record:
                    passed++;
                    records++;
                    try
                    {
                        verdict = handler(MemoryMarshal.CreateReadOnlySpan(ref Window.Record(position), (int)length));
                    }
                    finally
                    {
                        // Advance even if the handler throws: its record is consumed.
                        Pass(position, length);
                    }

                    break;
                case Found.Discarded:
                    passed++;
                    Pass(position, length);
                    break;
                case Found.Malformed:
                    return -Errno.EINVAL;
                case Found.TooLong:
                    return -Errno.E2BIG;
                default:
                    return records;
            }
        }

        return records;
    }

    /// <summary>Validates what user space wrote; nothing in it can be trusted.</summary>
    private Found Peek(out ulong position, out uint length)
    {
        RingWindow ring = Window;
        ulong end = Volatile.Read(ref ring.ProducerPosition);
        position = ring.ConsumerPosition;
        length = 0;
        if (end % RingWindow.HeaderSize != 0)
            return Found.Malformed;
        if (position >= end)
            return Found.Nothing;

        uint header = Volatile.Read(ref ring.Header(position));
        length = header & RingWindow.LengthMask;
        ulong stride = RingWindow.Stride(length);
        if (stride > end - position)
            return Found.Malformed;
        if (stride > ring.Size || length > LargestRecord)
            return Found.TooLong;
        if ((header & RingWindow.Discarded) != 0)
            return Found.Discarded;
        return (header & RingWindow.Busy) != 0 ? Found.Nothing : Found.Record;
    }

    private void Pass(ulong position, uint length) => Volatile.Write(ref Window.ConsumerPosition, position + RingWindow.Stride(length));
}
