using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Ring buffer: programs write, user space reads. This is the side of the programs.</summary>
internal sealed class RingBufferMap(MapShape shape, HostTables tables) : RingMap(shape, tables)
{
    /// <summary>The longest record of any ring (RINGBUF_MAX_RECORD_SZ).</summary>
    private const uint LargestRecord = uint.MaxValue / 4;

    private readonly Lock _gate = new();

    // The oldest record that is still open, or the producer's position.
    private ulong _pending;

    /// <inheritdoc/>
    public override bool CanBeFull => true;

    /// <summary>Reserves room for a record, which readers stop at until it is committed.</summary>
    /// <param name="length">Bytes of the record.</param>
    /// <param name="position">Where its header is.</param>
    /// <returns><see langword="false"/> if there is no room.</returns>
    public bool TryReserve(uint length, out ulong position)
    {
        RingWindow ring = Window;
        position = 0;
        if (length > LargestRecord || RingWindow.Stride(length) > ring.Size || IsHeldFull)
            return false;

        ulong consumer = Volatile.Read(ref ring.ConsumerPosition);
        lock (_gate)
        {
            PassCommitted(ring);
            position = ring.ProducerPosition;
            ulong next = position + RingWindow.Stride(length);
            // The kernel keeps the ring from filling up to the last byte, between the two positions and between open records.
            if (next - consumer >= ring.Size || next - _pending >= ring.Size)
                return false;

            // First that the record is not there yet, then that there is a record.
            ring.Header(position) = length | RingWindow.Busy;
            Volatile.Write(ref ring.ProducerPosition, next);
            return true;
        }
    }

    /// <summary>The bytes of a record that is reserved.</summary>
    public Span<byte> Record(ulong position, uint length) => MemoryMarshal.CreateSpan(ref Window.Record(position), (int)length);

    /// <summary>Shows a record to readers, or that there is none, and wakes them as the kernel does.</summary>
    public void Commit(ulong position, bool discard, BpfRingFlags flags)
    {
        RingWindow ring = Window;
        ref uint header = ref ring.Header(position);
        Interlocked.Exchange(ref header, (header ^ RingWindow.Busy) | (discard ? RingWindow.Discarded : 0));

        // A reader that has not come as far will see the record without being woken.
        bool isAwaited = ring.IsSamePlace(Volatile.Read(ref ring.ConsumerPosition), position);
        if ((flags & BpfRingFlags.ForceWakeup) != 0)
            Wake();
        else if (isAwaited)
            Wake(onlyOfOpenRecord: (flags & BpfRingFlags.NoWakeup) != 0);
    }

    // Against the kernel, which calls an open record something to read: whoever waits for it would spin here, and it may be open for long.
    public override bool IsReady(BpfReadiness readiness) => readiness == BpfReadiness.Readable && Window.HasRecord;

    protected override bool IsWritable(nint offset, nuint length) => offset == 0 && length == Page;

    private void PassCommitted(RingWindow ring)
    {
        ulong end = ring.ProducerPosition;
        while (_pending != end)
        {
            uint header = Volatile.Read(ref ring.Header(_pending));
            if ((header & RingWindow.Busy) != 0)
                return;
            // Never past the end, whatever somebody wrote into the header: the walk would not come back.
            _pending += Math.Min(RingWindow.Stride(header & RingWindow.LengthMask), end - _pending);
        }
    }
}
