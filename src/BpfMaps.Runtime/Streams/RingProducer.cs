using System.Diagnostics.CodeAnalysis;
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
    private const int LongestCopyInsideGate = 4096;

    private readonly RawMap _map;
    private readonly RingMemory _memory;
    private readonly RingWindow _window;
    private readonly Lock _waitingGate = new();
    private readonly List<BpfWaiter> _waiting = [];
    private SpinLock _gate = new(enableThreadOwnerTracking: false);
    private RingSlot[] _slots;
    private int _lastSlot;
    private bool _isDisposed;

    public RingProducer(RawMap map)
    {
        _map = map;
        _memory = RingMemory.Map(map);
        _window = _memory.Window;
        MaxRecordLength = (int)Math.Min((uint)_window.Size - RingWindow.HeaderSize, LargestRecord);
        _slots = [new RingSlot(this)];
    }

    /// <summary>The longest record that fits the empty ring.</summary>
    public int MaxRecordLength { get; }

    /// <summary>The memory, for whoever holds an open reservation.</summary>
    public ref readonly RingWindow Window => ref _window;

    /// <summary>Reserves room for a record.</summary>
    /// <returns><see langword="false"/> if there is none now.</returns>
    /// <exception cref="ArgumentException">There never will be.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public bool TryReserve(int length, out RingReservation reservation)
    {
        CheckLength(length);
        RingSlot? slot = null;
        while (true)
        {
            Enter();
            bool isDisposed = _isDisposed;
            bool hasRoom = !isDisposed && HasRoom(length);
            if (hasRoom && (slot = FindFreeSlot()) is not null)
            {
                ulong position = _window.ProducerPosition;
                reservation = slot.Begin(position, (uint)length);
                // First that the record is not there yet, then that there is a record.
                _window.Header(position) = (uint)length | RingWindow.Busy;
                Volatile.Write(ref _window.ProducerPosition, position + RingWindow.Stride((uint)length));
                Exit();
                return true;
            }

            Exit();
            if (isDisposed)
                ThrowDisposed();
            if (!hasRoom)
                break;
            AddSlots();
        }

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

    /// <summary>Writes a record that is there as a whole.</summary>
    /// <returns><see langword="false"/> if there is no room now.</returns>
    /// <exception cref="ArgumentException">There never will be.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public bool TryWrite<TContent>(TContent content)
        where TContent : IRecordContent, allows ref struct
    {
        int length = content.Length;
        if (length > LongestCopyInsideGate)
            return TryWriteLong(content);

        CheckLength(length);
        Enter();
        bool isDisposed = _isDisposed;
        bool hasRoom = !isDisposed && HasRoom(length);
        if (hasRoom)
        {
            // The record is complete before anybody learns that there is one.
            ulong position = _window.ProducerPosition;
            content.CopyTo(Record(position, length));
            _window.Header(position) = (uint)length;
            Volatile.Write(ref _window.ProducerPosition, position + RingWindow.Stride((uint)length));
        }

        Exit();
        if (isDisposed)
            ThrowDisposed();
        return hasRoom;
    }

    /// <summary>The bytes of the record at a position, for whoever holds an open reservation.</summary>
    public Span<byte> Record(ulong position, int length) => MemoryMarshal.CreateSpan(ref _window.Record(position), length);

    /// <summary>Reads the two positions.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public (ulong Consumer, ulong Producer) Positions()
    {
        Enter();
        bool isDisposed = _isDisposed;
        (ulong Consumer, ulong Producer) positions = isDisposed ? default : (Volatile.Read(ref _window.ConsumerPosition), Volatile.Read(ref _window.ProducerPosition));
        Exit();
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
        Enter();
        _isDisposed = true;
        Exit();
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

    private bool TryWriteLong<TContent>(TContent content)
        where TContent : IRecordContent, allows ref struct
    {
        if (!TryReserve(content.Length, out RingReservation reservation))
            return false;
        content.CopyTo(reservation.Bytes);
        reservation.Submit();
        return true;
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
    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(BpfMap));

    // Nothing between the two throws, so there is no need to be ready for it.
    private void Enter()
    {
        bool isEntered = false;
        _gate.Enter(ref isEntered);
    }

    private void Exit() => _gate.Exit(useMemoryBarrier: false);

    /// <summary>Inside the gate, where the memory cannot go: its disposal comes through there first.</summary>
    private bool HasRoom(int length) =>
        _window.Size - (_window.ProducerPosition - Volatile.Read(ref _window.ConsumerPosition)) >= RingWindow.Stride((uint)length);

    /// <summary>Inside the gate: a slot that no open reservation has, if there is one. Mostly that is the one that was used last.</summary>
    private RingSlot? FindFreeSlot()
    {
        RingSlot[] slots = _slots;
        for (int tried = 0; tried < slots.Length; tried++)
        {
            RingSlot slot = slots[_lastSlot];
            if (slot.IsFree)
                return slot;
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
        Enter();
        if (_slots == slots)
            _slots = more;
        Exit();
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
