using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Writes a user ring buffer that programs drain (BPF_MAP_TYPE_USER_RINGBUF).</summary>
/// <remarks>
/// A record costs one entry into the gate and nothing else that other threads could make wait. The gate spins for short: behind it nothing is done but a
/// few loads and stores, or the copy of a short record.
/// </remarks>
internal sealed class RingProducer : IDisposable
{
    // A record is given to the program as a dynptr, whose size has 24 bits.
    private const uint LargestRecord = (1u << 24) - 1;

    /// <summary>Longer records are copied outside of the gate, so that nobody has to wait for the copy.</summary>
    public const int LongestCopyInsideGate = 4096;

    private readonly RawMap _map;
    private readonly RingMemory _memory;
    private readonly RingWindow _window;
    private readonly Lock _waitingGate = new();
    private readonly List<BpfWaiter> _waiting = [];
    private WriterGate _gate;
    private RingSlot[] _slots;
    private RingSlot _slot; // Of all slots the one that was used last, which mostly is free again,
    private int _lastSlot;  // and where it is.
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

    /// <summary>The longest record that fits the empty ring.</summary>
    public int MaxRecordLength { get; }

    /// <summary>Reserves room for a record.</summary>
    /// <returns><see langword="false"/> if there is none now.</returns>
    /// <exception cref="ArgumentException">There never will be.</exception>
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
                // First that the record is not there yet, then that there is a record.
                ring.Header(position) = (uint)length | RingWindow.Busy;
                Volatile.Write(ref ring.ProducerPosition, position + RingWindow.Stride((uint)length));
                reservation = new RingReservation(slot, slot.Begin(), MemoryMarshal.CreateSpan(ref ring.Record(position), length));
                _gate.Exit();
                return true;
            }

            _gate.Exit();
        }
        while (CanTryAgain(length));

        reservation = default;
        return false;
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

    /// <summary>Enters the gate to write a short record that is there as a whole. The caller copies it, which must not throw, and calls <see cref="EndWrite"/>.</summary>
    /// <param name="length">Bytes of the record, <see cref="LongestCopyInsideGate"/> at most.</param>
    /// <param name="record">Where the record goes.</param>
    /// <returns><see langword="false"/> if there is no room now; the gate is left again.</returns>
    /// <exception cref="ArgumentException">There never will be.</exception>
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

    /// <summary>Shows the record that was written inside the gate to the kernel, and leaves the gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndWrite(Span<byte> record)
    {
        // The record is complete before anybody learns that there is one.
        RingWindow.HeaderOf(ref MemoryMarshal.GetReference(record)) = (uint)record.Length;
        Volatile.Write(ref _window.ProducerPosition, _window.ProducerPosition + RingWindow.Stride((uint)record.Length));
        _gate.Exit();
    }

    /// <summary>Gets the bytes between the two positions.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public long PendingBytes => _window.Distance(Positions());

    /// <summary>Reads the two positions.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public (ulong Consumer, ulong Producer) Positions()
    {
        _gate.Enter();
        bool isDisposed = _isDisposed;
        (ulong Consumer, ulong Producer) positions = isDisposed ? default : (Volatile.Read(ref _window.ConsumerPosition), Volatile.Read(ref _window.ProducerPosition));
        _gate.Exit();
        if (isDisposed)
            ThrowDisposed();
        return positions;
    }

    /// <summary>A reservation is over. If it was the last one of a disposed ring, the memory goes.</summary>
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
            // Whoever waits finds the map disposed when it tries again.
            foreach (BpfWaiter waiter in _waiting)
                waiter.Interrupt();
        }

        // A thread that ends a reservation frees the slot and then looks whether the ring is disposed, without a barrier of its own. With this one
        // either it sees that the ring is, or its slot is seen to be free below.
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
        throw new ArgumentException($"Map {_map}: a record of {length} bytes can never fit; the ring takes 0 to {MaxRecordLength}.", nameof(length));

    [DoesNotReturn]
    private void ThrowTorn(ulong consumer, ulong producer) => throw TornRing.Exception(_map, consumer, producer, "there cannot be records between them");

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(BpfMap));

    /// <summary>For whoever could not reserve: makes slots, if that is what was missing.</summary>
    /// <returns><see langword="false"/> if there is no room.</returns>
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

    /// <summary>Inside the gate: a slot that no open reservation has, if there is one. It is the first to be tried from now on.</summary>
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
        // Nobody reserves any more, so the slots stay as they are but for those that become free.
        if (Array.TrueForAll(_slots, slot => slot.IsFree))
            _memory.Dispose();
    }

    private BpfWaiter BeginWait()
    {
        ReadOnlySpan<SafeHandle> handles = [_map.Handle];
        int errno = _map.Host.CreateWaiter(handles, BpfReadiness.Writable, out BpfWaiter? waiter);
        if (errno != Errno.Ok)
            throw _map.Failure(errno, "epoll_ctl");
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
