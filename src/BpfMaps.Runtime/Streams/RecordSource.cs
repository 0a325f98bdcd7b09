using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The reading end of a stream: its consumer, its end, and waiting for it. Derived classes define the format of records.</summary>
/// <remarks>
/// One consumer at a time holds the source between <see cref="Enter"/> and <see cref="Leave"/>. <see cref="Close"/> may be called at any
/// time. If there is no consumer, it releases the memory; otherwise it wakes the consumer, which stops after the current record and
/// releases the memory when it leaves.
/// <para>A thread that reads one record after the other enters with <see cref="TryEnterAgain"/> instead, without an interlocked operation:
/// the source remembers it as the owner. Another thread that enters removes the owner first, and then interrupts all threads once
/// (membarrier): either it sees the owner inside, or the owner sees that it was removed. Closing interrupts the threads, too.</para>
/// </remarks>
internal abstract class RecordSource
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Closed = 2;

    private int _state;
    private int _owner; // The id of a thread, or 0.
    private int _lastThread;
    private bool _isOwnerInside;
    private bool _isClosing;
    private int _isCloseCalled;
    private BpfWaiter? _waiter;
    private StreamSignal? _signal;

    protected RecordSource(RawMap map) => Map = map;

    /// <summary>The map of the stream.</summary>
    protected RawMap Map { get; }

    /// <summary>For the consumer: whether the stream was closed, so that it must stop.</summary>
    public bool IsClosing => Volatile.Read(ref _isClosing);

    /// <summary>For the consumer: returns whether there is a record.</summary>
    public abstract bool HasRecords { get; }

    /// <summary>
    /// For the consumer: passes records to the sink until there are no more, the limit is reached, or the stream is closed.
    /// </summary>
    /// <returns>The number of records that the sink accepted.</returns>
    public abstract int Drain<TSink>(ref TSink sink, int limit)
        where TSink : struct, IRecordSink;

    /// <summary>Becomes the consumer.</summary>
    /// <exception cref="InvalidOperationException">There is already a consumer, possibly the caller itself.</exception>
    /// <exception cref="ObjectDisposedException">The stream is closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        int state = Interlocked.CompareExchange(ref _state, Busy, Idle);
        if (state != Idle || IsClosing || (_owner != 0 && !TryRemoveOwner()))
            ThrowCannotEnter(state);
    }

    /// <summary>
    /// Becomes the consumer if this thread is the owner. After success, call <see cref="LeaveOwner"/>; in between, nothing may throw.
    /// </summary>
    /// <returns><see langword="false"/> if <see cref="Enter"/> must decide.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnterAgain()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (_owner != thread)
            return false;
        Volatile.Write(ref _isOwnerInside, true);
        if (Volatile.Read(ref _owner) == thread && !IsClosing)
            return true;
        LeaveOwner();
        return false;
    }

    /// <summary>Stops being the consumer after <see cref="TryEnterAgain"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LeaveOwner()
    {
        Volatile.Write(ref _isOwnerInside, false);
        if (IsClosing)
            ReleaseIfIdle();
    }

    /// <summary>
    /// Stops being the consumer like <see cref="Leave"/>. Makes this thread the owner if it was also the last one that left this way.
    /// </summary>
    public void LeaveForNext()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (_lastThread == thread)
            _owner = thread;
        _lastThread = thread;
        Leave();
    }

    /// <summary>Stops being the consumer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave()
    {
        // A store and a load without a barrier: Close has one for both. Either this sees the stream closing, or Close sees it idle.
        Volatile.Write(ref _state, Idle);
        if (IsClosing)
            ReleaseIfIdle();
    }

    /// <summary>Ends the stream before the map is closed. Thread-safe; may be called more than once.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isCloseCalled, 1) != 0)
            return;

        OnClosing();
        Volatile.Write(ref _isClosing, true);
        Interlocked.MemoryBarrierProcessWide();
        if (ReleaseIfIdle())
            return;

        Volatile.Read(ref _waiter)?.Interrupt();
        Volatile.Read(ref _signal)?.Stop();
    }

    /// <summary>For the consumer: blocks until there may be a record.</summary>
    public BpfWaitResult Wait(TimeSpan timeout)
    {
        // The waiter is published before the state is read, and in Close the state is written before the waiter is read: one of them sees
        // the other.
        if (_waiter is null)
        {
            Interlocked.Exchange(ref _waiter, CreateWaiter());
            // A perf buffer signals its samples once, and adding it to a set of descriptors can take the signal of a sample that has
            // arrived since the caller last read. Nothing would end the wait then.
            if (HasRecords)
                return IsClosing ? BpfWaitResult.Interrupted : BpfWaitResult.Ready;
        }
        return IsClosing ? BpfWaitResult.Interrupted : _waiter!.Wait(timeout);
    }

    /// <summary>For the consumer: creates a waiter for asynchronous waits. The caller disposes it after <see cref="EndAsync"/>.</summary>
    public StreamSignal BeginAsync()
    {
        StreamSignal signal = new(CreateWaiter());
        Interlocked.Exchange(ref _signal, signal);
        return signal;
    }

    public void EndAsync() => Volatile.Write(ref _signal, null);

    /// <summary>The descriptors that become readable when there is a record.</summary>
    protected abstract ReadOnlySpan<SafeHandle> WaitHandles { get; }

    /// <summary>Called before the stream closes, possibly while it is read. Must not throw.</summary>
    protected virtual void OnClosing() { }

    /// <summary>Releases the memory of the stream, which has no consumer anymore.</summary>
    protected abstract void Release();

    private BpfWaiter CreateWaiter()
    {
        int errno = Map.Host.CreateWaiter(WaitHandles, BpfReadiness.Readable, out BpfWaiter? waiter);
        return errno == Errno.Ok ? waiter! : throw Map.Failure(errno, BpfCommand.EpollCtl);
    }

    /// <summary>Releases the resources of a closing stream once, unless a consumer will do so when it leaves.</summary>
    private bool ReleaseIfIdle()
    {
        if (Volatile.Read(ref _isOwnerInside))
            return false;
        if (Interlocked.CompareExchange(ref _state, Closed, Idle) != Idle)
            return false;
        Release();
        _waiter?.Dispose();
        return true;
    }

    /// <summary>For the consumer: makes no thread the owner.</summary>
    /// <returns>
    /// <see langword="false"/> if the owner is the consumer, too: it stays the owner, so that no other thread enters before it leaves.
    /// </returns>
    private bool TryRemoveOwner()
    {
        int owner = _owner;
        Volatile.Write(ref _owner, 0);
        if (owner == Environment.CurrentManagedThreadId)
            return true;
        Interlocked.MemoryBarrierProcessWide();
        if (!Volatile.Read(ref _isOwnerInside))
            return true;
        Volatile.Write(ref _owner, owner);
        return false;
    }

    [DoesNotReturn]
    private void ThrowCannotEnter(int state)
    {
        // It was idle, so this call has entered, but the stream is closed or its owner reads it.
        bool isClosing = IsClosing;
        if (state == Idle)
            Leave();
        throw !isClosing && state != Closed
            ? new InvalidOperationException(
                $"Map {Map} is already being read: a stream has one consumer at a time, and a handler cannot read the stream that called it."
            )
            : new ObjectDisposedException(nameof(BpfMap), $"Map {Map} is disposed.");
    }
}
