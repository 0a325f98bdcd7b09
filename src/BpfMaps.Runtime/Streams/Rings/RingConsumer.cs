using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Reads a ring buffer that programs write (BPF_MAP_TYPE_RINGBUF).</summary>
internal sealed class RingConsumer : RecordSource
{
    private readonly RingMemory _memory;
    private readonly SafeHandle[] _handles;
    private ulong _position;
    private ulong _published;

    // Of the record that TryTake copied last: the length in the lower half, and the distance to the next record in the upper half.
    private ulong _last = ulong.MaxValue << 32;

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
        _position = _published = ring.ConsumerPosition;
        try
        {
            return Drain(ring, ref sink, limit);
        }
        finally
        {
            // Also if a handler throws, because its record is consumed.
            Publish(ring, _published, _position);
        }
    }

    /// <summary>Copies the next record if it is complete, not discarded, and long enough.</summary>
    /// <returns>
    /// <see langword="false"/> otherwise; nothing was read, and <see cref="RecordSource.Drain{TSink}"/> handles the case.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake<T>(out T record)
        where T : unmanaged
    {
        RingWindow ring = _memory.Window;
        ulong position = ring.ConsumerPosition;
        ulong available = Volatile.Read(ref ring.ProducerPosition) - position;
        if (ring.IsWithin(available))
        {
            uint length = Volatile.Read(ref ring.Header(position));
            ulong last = _last;
            if (length != (uint)last)
                last = Accept<T>(length);
            ulong stride = last >> 32;
            if (stride <= available)
            {
                record = Unsafe.ReadUnaligned<T>(ref ring.Record(position));
                Volatile.Write(ref ring.ConsumerPosition, position + stride);
                return true;
            }
        }

        Unsafe.SkipInit(out record);
        return false;
    }

    /// <summary>Gets the distance between the two positions. The ring may be disposed during the call.</summary>
    /// <exception cref="ObjectDisposedException">The ring is disposed.</exception>
    public long AvailableBytes => _memory.Window.Distance(Positions());

    /// <summary>Reads a consistent pair of positions. The ring may be disposed during the call.</summary>
    /// <exception cref="ObjectDisposedException">The ring is disposed.</exception>
    public (ulong Consumer, ulong Producer) Positions()
    {
        ObjectDisposedException.ThrowIf(!_memory.TryHold(), typeof(BpfMap));
        (ulong, ulong) positions = _memory.Window.Positions();
        _memory.DangerousRelease();
        return positions;
    }

    /// <inheritdoc/>
    protected override void Release() => _memory.Dispose();

    // Records mostly have the same length. A processor that expects so continues with the next header before it has this one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong Accept<T>(uint length)
        where T : unmanaged
    {
        // The bits above the length mark records that cannot be read, and make the length too large.
        if (length < (uint)Unsafe.SizeOf<T>() || length > RingWindow.LengthMask)
            return ulong.MaxValue;
        return _last = (RingWindow.Stride(length) << 32) | length;
    }

    /// <summary>Publishes the read position, unless another consumer has moved it.</summary>
    /// <returns><see langword="false"/> if another consumer has moved the position.</returns>
    private bool Publish(RingWindow ring, ulong published, ulong position)
    {
        if (ring.ConsumerPosition != published)
            return false;
        // Other CPUs share the cache line; a redundant store would still invalidate it.
        if (published != position)
            Volatile.Write(ref ring.ConsumerPosition, position);
        _published = position;
        return true;
    }

    private int Drain<TSink>(RingWindow ring, ref TSink sink, int limit)
        where TSink : struct, IRecordSink
    {
        // A producer drops its record if the ring is full, so space is released early.
        ulong quarter = ring.Size / 4;
        ulong position = _position;
        ulong published = position;
        ulong fencedAt = ulong.MaxValue;
        uint expected = 0;
        ulong stride = RingWindow.Stride(expected);
        int taken = 0;
        while (true)
        {
            ulong end = Volatile.Read(ref ring.ProducerPosition);
            if (ring.IsTorn(position, end))
                ThrowTorn(position, end);
            while (position != end)
            {
                uint header = Volatile.Read(ref ring.Header(position));
                if ((header & RingWindow.Busy) != 0)
                    break;

                ref byte record = ref ring.Record(position);
                uint length = header & RingWindow.LengthMask;
                // As in TryTake: the next position follows from the expected length, without waiting for the header.
                if (length != expected)
                {
                    expected = length;
                    stride = RingWindow.Stride(length);
                }

                if (end - position < stride)
                    ThrowTorn(position, end, length);
                position += stride;
                _position = position;
                if ((header & RingWindow.Discarded) == 0 && sink.Take(ref record, (int)length) && ++taken == limit)
                    return taken;
                if (IsClosing)
                    return taken;
                if (position - published >= quarter)
                {
                    if (!Publish(ring, published, position))
                        ThrowMoved(ring, published);
                    published = position;
                }
            }

            // A producer only wakes a reader that has caught up. The reader publishes its position and then checks once more:
            // either it sees the new record, or the producer sees the position and wakes.
            if (position == fencedAt)
                return taken;
            if (!Publish(ring, published, position))
                ThrowMoved(ring, published);
            fencedAt = published = position;
            Interlocked.MemoryBarrier();
        }
    }

    [DoesNotReturn]
    private void ThrowTorn(ulong consumer, ulong producer) =>
        throw TornRing.Exception(Map, consumer, producer, "there cannot be records between the two positions");

    [DoesNotReturn]
    private void ThrowTorn(ulong consumer, ulong producer, uint length) =>
        throw TornRing.Exception(Map, consumer, producer, $"the header at the consumer position has the length {length}");

    [DoesNotReturn]
    private void ThrowMoved(RingWindow ring, ulong published) =>
        throw TornRing.Exception(
            Map,
            Volatile.Read(ref ring.ConsumerPosition),
            Volatile.Read(ref ring.ProducerPosition),
            $"the consumer position was {published} at the start of the read"
        );
}
