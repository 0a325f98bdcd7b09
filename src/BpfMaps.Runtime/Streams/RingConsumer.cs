using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Reads a ring buffer that programs write (BPF_MAP_TYPE_RINGBUF).</summary>
internal sealed class RingConsumer : RecordSource
{
    private readonly RingMemory _memory;
    private readonly SafeHandle[] _handles;
    private ulong _position;

    public RingConsumer(RawMap map)
        : base(map)
    {
        _memory = RingMemory.Map(map);
        _handles = [map.Handle];
    }

    /// <inheritdoc/>
    public override bool HasRecords
    {
        get
        {
            Interlocked.MemoryBarrier();
            return _memory.Window.HasRecord;
        }
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<SafeHandle> WaitHandles => _handles;

    /// <inheritdoc/>
    public override int Drain<TSink>(ref TSink sink, int limit)
    {
        RingWindow ring = _memory.Window;
        _position = ring.ConsumerPosition;
        try
        {
            return Drain(ring, ref sink, limit);
        }
        finally
        {
            // Also when a handler throws: its record is behind us.
            Publish(ring, _position);
        }
    }

    /// <summary>Copies the next record out if there is nothing special about it: it is written, was not discarded, and is long enough.</summary>
    /// <returns><see langword="false"/> if it is anything else, or not there: nothing was read, and <see cref="RecordSource.Drain{TSink}"/> knows what to do.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake<T>(out T record)
        where T : unmanaged
    {
        RingWindow ring = _memory.Window;
        ulong position = ring.ConsumerPosition;
        if (position != Volatile.Read(ref ring.ProducerPosition))
        {
            // Both bits above the length are set for what cannot be taken, and make it too long.
            uint length = Volatile.Read(ref ring.Header(position));
            if (length >= (uint)Unsafe.SizeOf<T>() && length <= RingWindow.LengthMask)
            {
                record = Unsafe.ReadUnaligned<T>(ref ring.Record(position));
                Volatile.Write(ref ring.ConsumerPosition, position + RingWindow.Stride(length));
                return true;
            }
        }

        Unsafe.SkipInit(out record);
        return false;
    }

    /// <summary>Reads the two positions, as they were at one moment, of a ring that may be disposed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">It is.</exception>
    public (ulong Consumer, ulong Producer) Positions()
    {
        ObjectDisposedException.ThrowIf(!_memory.TryHold(), typeof(BpfMap));
        (ulong, ulong) positions = _memory.Window.Positions();
        _memory.DangerousRelease();
        return positions;
    }

    /// <inheritdoc/>
    protected override void Release() => _memory.Dispose();

    private static void Publish(RingWindow ring, ulong position)
    {
        // The page is shared with the kernel's CPUs: a store that changes nothing would still take it away from them.
        if (ring.ConsumerPosition != position)
            Volatile.Write(ref ring.ConsumerPosition, position);
    }

    private int Drain<TSink>(RingWindow ring, ref TSink sink, int limit)
        where TSink : struct, IRecordSink
    {
        // A producer that finds the ring full drops its record, so it must not wait long for the space that was read.
        ulong quarter = ring.Size / 4;
        ulong position = _position;
        ulong published = position;
        ulong fencedAt = ulong.MaxValue;
        int taken = 0;
        while (true)
        {
            ulong end = Volatile.Read(ref ring.ProducerPosition);
            while (position != end)
            {
                uint header = Volatile.Read(ref ring.Header(position));
                if ((header & RingWindow.Busy) != 0)
                    break;

                ref byte record = ref ring.Record(position);
                uint length = header & RingWindow.LengthMask;
                position += RingWindow.Stride(length);
                _position = position;
                if ((header & RingWindow.Discarded) == 0 && sink.Take(ref record, (int)length) && ++taken == limit)
                    return taken;
                if (IsClosing)
                    return taken;
                if (position - published >= quarter)
                {
                    published = position;
                    Publish(ring, position);
                }
            }

            // A producer wakes the reader only if the reader had caught up. So the reader shows that it has, and then looks once more:
            // either it sees the new record, or the producer sees the position and wakes.
            if (position == fencedAt)
                return taken;
            fencedAt = published = position;
            Publish(ring, position);
            Interlocked.MemoryBarrier();
        }
    }
}
