using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Writes a user ring buffer that programs drain (BPF_MAP_TYPE_USER_RINGBUF).</summary>
internal sealed class RingProducer : IDisposable
{
    // A record is given to the program as a dynptr, whose size has 24 bits.
    private const uint LargestRecord = (1u << 24) - 1;

    private readonly Lock _gate = new();
    private readonly RawMap _map;
    private readonly RingMemory _memory;
    private readonly List<BpfWaiter> _waiting = [];
    private readonly Stack<RingSlot> _freeSlots = [];
    private bool _isDisposed;

    public RingProducer(RawMap map)
    {
        _map = map;
        _memory = RingMemory.Map(map);
    }

    /// <summary>The longest record that fits the empty ring.</summary>
    public int MaxRecordLength => (int)Math.Min((uint)_memory.Window.Size - RingWindow.HeaderSize, LargestRecord);

    /// <summary>Reserves room for a record.</summary>
    /// <returns><see langword="false"/> if there is none now.</returns>
    /// <exception cref="ArgumentException">There never will be.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public bool TryReserve(int length, out RingReservation reservation)
    {
        if ((uint)length > (uint)MaxRecordLength)
            throw new ArgumentException($"Map {_map}: a record of {length} bytes can never fit; the ring takes 0 to {MaxRecordLength}.", nameof(length));

        lock (_gate)
        {
            // The memory cannot be released while the gate is held: its disposal goes through the gate.
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(BpfMap));
            RingWindow ring = _memory.Window;
            ulong consumer = Volatile.Read(ref ring.ConsumerPosition);
            ulong position = ring.ProducerPosition;
            ulong stride = RingWindow.Stride((uint)length);
            if (ring.Size - (position - consumer) < stride)
            {
                reservation = default;
                return false;
            }

            RingSlot slot = _freeSlots.TryPop(out RingSlot? free) ? free : new RingSlot(this, _memory);
            reservation = slot.Begin(position, (uint)length);
            // First that the record is not there yet, then that there is a record.
            ring.Header(position) = (uint)length | RingWindow.Busy;
            Volatile.Write(ref ring.ProducerPosition, position + stride);
            return true;
        }
    }

    /// <summary>Reserves room for a record, and waits for it if there is none.</summary>
    /// <returns><see langword="false"/> if the time is over.</returns>
    public bool TryReserve(int length, TimeSpan timeout, out RingReservation reservation)
    {
        Deadline deadline = new(timeout);
        if (TryReserve(length, out reservation))
            return true;
        if (timeout == TimeSpan.Zero)
            return false;

        // Each thread that waits has a waiter of its own: being told that something was drained is an edge, which only one could take.
        BpfWaiter waiter = BeginWait();
        try
        {
            while (true)
            {
                // What was drained before the waiter was there is seen here, what comes later wakes it.
                if (TryReserve(length, out reservation))
                    return true;
                if (waiter.Wait(deadline.Remaining) == BpfWaitResult.TimedOut)
                    return TryReserve(length, out reservation);
            }
        }
        finally
        {
            EndWait(waiter);
        }
    }

    /// <summary>Takes back the slot of a reservation that is over.</summary>
    public void Return(RingSlot slot)
    {
        lock (_gate)
            _freeSlots.Push(slot);
    }

    /// <summary>Reads the two positions.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public (ulong Consumer, ulong Producer) Positions()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(BpfMap));
            RingWindow ring = _memory.Window;
            return (Volatile.Read(ref ring.ConsumerPosition), Volatile.Read(ref ring.ProducerPosition));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            // Whoever waits finds the map disposed when it tries again.
            foreach (BpfWaiter waiter in _waiting)
                waiter.Interrupt();
            _memory.Dispose();
        }
    }

    private BpfWaiter BeginWait()
    {
        ReadOnlySpan<SafeHandle> handles = [_map.Handle];
        int errno = _map.Host.CreateWaiter(handles, BpfReadiness.Writable, out BpfWaiter? waiter);
        if (errno != Errno.Ok)
            throw _map.Failure(errno, "epoll_ctl");
        lock (_gate)
            _waiting.Add(waiter!);
        return waiter!;
    }

    private void EndWait(BpfWaiter waiter)
    {
        lock (_gate)
            _waiting.Remove(waiter);
        waiter.Dispose();
    }
}
