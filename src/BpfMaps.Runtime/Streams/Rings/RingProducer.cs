using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Writes a user ring buffer that programs drain (BPF_MAP_TYPE_USER_RINGBUF).</summary>
/// <remarks>
/// A record costs one entry into the gate and no other operation that waits for threads. The gate spins briefly: it only protects a few
/// loads and stores, or the copy of a short record.
/// </remarks>
internal sealed class RingProducer : IDisposable
{
    // Programs get a record as a dynptr, whose size has 24 bits.
    private const uint LargestRecord = (1u << 24) - 1;

    /// <summary>Longer records are copied outside the gate, so that no thread waits for the copy.</summary>
    public const int LongestCopyInsideGate = 4096;

    private readonly RawMap _map;
    private readonly RingMemory _memory;
    private readonly RingWindow _window;
    private readonly Lock _waitingGate = new();
    private readonly List<BpfWaiter> _waiting = [];
    private WriterGate _gate;
    private RingSlot[] _slots;
    private RingSlot _slot; // The slot that was used last and is usually free,
    private int _lastSlot; // and its index.
    private bool _isDisposed;

    public RingProducer(RawMap map)
    {
        _map = map;
        _memory = RingMemory.Map(map);
        _window = _memory.Window;
        MaxRecordLength = (int)Math.Min((uint)_window.Size - RingWindow.HeaderSize, LargestRecord);
        _slot = new RingSlot(this);
        _slots = [_slot];
    }

    /// <summary>Gets the longest record that fits into the empty ring.</summary>
    public int MaxRecordLength { get; }

    /// <summary>Reserves space for a record.</summary>
    /// <returns><see langword="false"/> if there is no space.</returns>
    /// <exception cref="ArgumentException">The record is larger than the ring.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(int length, out RingReservation reservation)
    {
        CheckLength(length);
        do
        {
            _gate.Enter();
            RingWindow ring = _window;
            RingSlot? slot = _slot;
            if (!_isDisposed && ring.HasRoom(length, out ulong position) && (slot.IsFree || (slot = FindFreeSlot()) is not null))
            {
                // The header marks the record as incomplete before the position makes it visible.
                ring.Header(position) = (uint)length | RingWindow.Busy;
                Volatile.Write(ref ring.ProducerPosition, position + RingWindow.Stride((uint)length));
                reservation = new RingReservation(slot, slot.Begin(), MemoryMarshal.CreateSpan(ref ring.Record(position), length));
                _gate.Exit();
                return true;
            }

            _gate.Exit();
        } while (CanTryAgain(length));

        reservation = default;
        return false;
    }

    /// <summary>Reserves space for a record, and waits for it if the ring is full.</summary>
    /// <returns><see langword="false"/> if the timeout elapsed.</returns>
    public bool TryReserve(int length, TimeSpan timeout, out RingReservation reservation)
    {
        Deadline deadline = new(timeout);
        if (TryReserve(length, out reservation))
            return true;
        if (timeout == TimeSpan.Zero)
            return false;

        // Each waiting thread has its own waiter, because only one thread can consume the edge of a drain.
        BpfWaiter waiter = BeginWait();
        try
        {
            while (true)
            {
                // This sees drains before the waiter was created; later drains wake it.
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

    /// <summary>
    /// Enters the gate to write a short record. The caller copies it, which must not throw, and calls <see cref="EndWrite"/>.
    /// </summary>
    /// <param name="length">The size of the record in bytes, at most <see cref="LongestCopyInsideGate"/>.</param>
    /// <param name="record">The space for the record.</param>
    /// <returns><see langword="false"/> if there is no space; the gate is left.</returns>
    /// <exception cref="ArgumentException">The record is larger than the ring.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBeginWrite(int length, out Span<byte> record)
    {
        CheckLength(length);
        _gate.Enter();
        RingWindow ring = _window;
        bool isDisposed = _isDisposed;
        if (!isDisposed && ring.HasRoom(length, out ulong position))
        {
            record = MemoryMarshal.CreateSpan(ref ring.Record(position), length);
            return true;
        }

        ulong consumer = isDisposed ? 0 : Volatile.Read(ref ring.ConsumerPosition);
        ulong producer = isDisposed ? 0 : ring.ProducerPosition;
        _gate.Exit();
        if (isDisposed)
            ThrowDisposed();
        if (ring.IsTorn(consumer, producer))
            ThrowTorn(consumer, producer);
        record = default;
        return false;
    }

    /// <summary>Publishes the record that was written inside the gate, and leaves the gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndWrite(Span<byte> record)
    {
        // The record is complete before it is published.
        RingWindow.HeaderOf(ref MemoryMarshal.GetReference(record)) = (uint)record.Length;
        Volatile.Write(ref _window.ProducerPosition, _window.ProducerPosition + RingWindow.Stride((uint)record.Length));
        _gate.Exit();
    }

    /// <summary>Gets the distance between the two positions.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public long PendingBytes => _window.Distance(Positions());

    /// <summary>Reads the two positions.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public (ulong Consumer, ulong Producer) Positions()
    {
        _gate.Enter();
        bool isDisposed = _isDisposed;
        (ulong Consumer, ulong Producer) positions = isDisposed
            ? default
            : (Volatile.Read(ref _window.ConsumerPosition), Volatile.Read(ref _window.ProducerPosition));
        _gate.Exit();
        if (isDisposed)
            ThrowDisposed();
        return positions;
    }

    /// <summary>Called at the end of a reservation. The last one of a disposed ring releases the memory.</summary>
    public void OnEnded()
    {
        if (Volatile.Read(ref _isDisposed))
            ReleaseUnlessReserved();
    }

    public void Dispose()
    {
        _gate.Enter();
        _isDisposed = true;
        _gate.Exit();
        lock (_waitingGate)
        {
            // Waiting threads see that the map is disposed when they try again.
            foreach (BpfWaiter waiter in _waiting)
                waiter.Interrupt();
        }

        // A thread that ends a reservation frees the slot and then checks whether the ring is disposed, without a barrier. With
        // this barrier, either that thread sees the disposal, or its slot is seen as free below.
        Interlocked.MemoryBarrierProcessWide();
        ReleaseUnlessReserved();
    }

    private void CheckLength(int length)
    {
        if ((uint)length > (uint)MaxRecordLength)
            ThrowTooLong(length);
    }

    [DoesNotReturn]
    private void ThrowTooLong(int length) =>
        throw new ArgumentException(
            $"Map {_map}: a record of {length} bytes does not fit; the ring accepts 0 to {MaxRecordLength}.",
            nameof(length)
        );

    [DoesNotReturn]
    private void ThrowTorn(ulong consumer, ulong producer) =>
        throw TornRing.Exception(_map, consumer, producer, "there cannot be records between the two positions");

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(BpfMap));

    /// <summary>Adds slots after a failed reservation, if slots were missing.</summary>
    /// <returns><see langword="false"/> if there is no space.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CanTryAgain(int length)
    {
        _gate.Enter();
        bool isDisposed = _isDisposed;
        bool hasRoom = !isDisposed && _window.HasRoom(length, out _);
        bool hasSlot = hasRoom && FindFreeSlot() is not null;
        ulong consumer = isDisposed ? 0 : Volatile.Read(ref _window.ConsumerPosition);
        ulong producer = isDisposed ? 0 : _window.ProducerPosition;
        _gate.Exit();
        if (isDisposed)
            ThrowDisposed();
        if (_window.IsTorn(consumer, producer))
            ThrowTorn(consumer, producer);
        if (hasRoom && !hasSlot)
            AddSlots();
        return hasRoom;
    }

    /// <summary>Inside the gate: finds a free slot, which becomes the first to try.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RingSlot? FindFreeSlot()
    {
        RingSlot[] slots = _slots;
        for (int tried = 0; tried < slots.Length; tried++)
        {
            RingSlot slot = slots[_lastSlot];
            if (slot.IsFree)
                return _slot = slot;
            _lastSlot = _lastSlot + 1 < slots.Length ? _lastSlot + 1 : 0;
        }

        return null;
    }

    private void AddSlots()
    {
        RingSlot[] slots = _slots;
        RingSlot[] more = new RingSlot[2 * slots.Length];
        slots.CopyTo(more, 0);
        for (int index = slots.Length; index < more.Length; index++)
            more[index] = new RingSlot(this);
        _gate.Enter();
        if (_slots == slots)
            _slots = more;
        _gate.Exit();
    }

    private void ReleaseUnlessReserved()
    {
        // There are no new reservations, so slots can only become free.
        if (Array.TrueForAll(_slots, slot => slot.IsFree))
            _memory.Dispose();
    }

    private BpfWaiter BeginWait()
    {
        ReadOnlySpan<SafeHandle> handles = [_map.Handle];
        int errno = _map.Host.CreateWaiter(handles, BpfReadiness.Writable, out BpfWaiter? waiter);
        if (errno != Errno.Ok)
            throw _map.Failure(errno, BpfCommand.EpollCtl);
        lock (_waitingGate)
            _waiting.Add(waiter!);
        return waiter!;
    }

    private void EndWait(BpfWaiter waiter)
    {
        lock (_waitingGate)
            _waiting.Remove(waiter);
        waiter.Dispose();
    }
}
