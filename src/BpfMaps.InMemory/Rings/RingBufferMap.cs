using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A ring buffer: programs write, user space reads. This class is the programs' side.</summary>
internal sealed class RingBufferMap(MapShape shape, HostTables tables) : RingMap(shape, tables)
{
    /// <summary>The maximum size of a record in any ring (RINGBUF_MAX_RECORD_SZ).</summary>
    private const uint LargestRecord = uint.MaxValue / 4;

    private readonly Lock _gate = new();

    // The position of the oldest record that is still open, or the producer's position.
    private ulong _pending;

    /// <inheritdoc/>
    public override bool CanBeFull => true;

    /// <summary>Reserves space for a record. Readers stop at it until it is committed.</summary>
    /// <param name="length">The size of the record in bytes.</param>
    /// <param name="position">The position of its header.</param>
    /// <returns><see langword="false"/> if there is no space.</returns>
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
            // The kernel limits the bytes between the two positions and between open records to less than the size of the ring.
            if (next - consumer >= ring.Size || next - _pending >= ring.Size)
                return false;

            // Mark the record as busy before publishing it with the producer position.
            ring.Header(position) = length | RingWindow.Busy;
            Volatile.Write(ref ring.ProducerPosition, next);
            return true;
        }
    }

    /// <summary>Gets the bytes of a reserved record.</summary>
    public Span<byte> Record(ulong position, uint length) => MemoryMarshal.CreateSpan(ref Window.Record(position), (int)length);

    /// <summary>Commits or discards a record and wakes readers under the same conditions as the kernel.</summary>
    public void Commit(ulong position, bool discard, BpfRingFlags flags)
    {
        RingWindow ring = Window;
        ref uint header = ref ring.Header(position);
        Interlocked.Exchange(ref header, (header ^ RingWindow.Busy) | (discard ? RingWindow.Discarded : 0));

        // A reader that has not reached this record will see it without a wake-up.
        bool isAwaited = ring.IsSamePlace(Volatile.Read(ref ring.ConsumerPosition), position);
        if ((flags & BpfRingFlags.ForceWakeup) != 0)
            Wake();
        else if (isAwaited)
            Wake(onlyOfOpenRecord: (flags & BpfRingFlags.NoWakeup) != 0);
    }

    // Differs from the kernel, which reports an open record as data to read: a waiter would spin here for as long as the record stays open.
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
