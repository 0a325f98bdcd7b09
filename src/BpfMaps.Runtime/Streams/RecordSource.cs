using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The reading end of a stream: who may read it, when it ends, how one waits for it. What a record looks like is the derived class's.</summary>
/// <remarks>
/// One consumer at a time holds the source between <see cref="Enter"/> and <see cref="Leave"/>. <see cref="Close"/> may come at any time: it
/// releases the memory if nobody reads; else whoever reads is woken, stops after the record at hand and releases it on leaving.
/// </remarks>
internal abstract class RecordSource
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Closed = 2;

    private int _state;
    private bool _isClosing;
    private int _isCloseCalled;
    private BpfWaiter? _waiter;
    private StreamSignal? _signal;

    protected RecordSource(RawMap map) => Map = map;

    /// <summary>The map, for its host, its handle and its name.</summary>
    protected RawMap Map { get; }

    /// <summary>For the consumer: whether the stream was closed meanwhile, so that it has to stop.</summary>
    public bool IsClosing => Volatile.Read(ref _isClosing);

    /// <summary>For the consumer: whether there is a record to read now.</summary>
    public abstract bool HasRecords { get; }

    /// <summary>For the consumer: hands records to the sink until there are none, or as many were taken as the limit says, or the stream is closed.</summary>
    /// <returns>How many the sink took.</returns>
    public abstract int Drain<TSink>(ref TSink sink, int limit)
        where TSink : struct, IRecordSink;

    /// <summary>Becomes the consumer.</summary>
    /// <exception cref="InvalidOperationException">There is one already, perhaps the caller itself.</exception>
    /// <exception cref="ObjectDisposedException">The stream is closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        int state = Interlocked.CompareExchange(ref _state, Busy, Idle);
        if (state != Idle || IsClosing)
            ThrowCannotEnter(state);
    }

    /// <summary>Stops being the consumer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave()
    {
        // A store and a look, without a barrier in between: Close has one for both. Either this sees that the stream closes, or Close sees it idle.
        Volatile.Write(ref _state, Idle);
        if (IsClosing)
            ReleaseIfIdle();
    }

    /// <summary>Ends the stream, before the map is closed. Any thread, any number of times.</summary>
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

    /// <summary>For the consumer: blocks until there may be something to read.</summary>
    public BpfWaitResult Wait(TimeSpan timeout)
    {
        // The waiter is shown before the state is looked at, and the other way round in Close: one of the two sees the other.
        if (_waiter is null)
            Interlocked.Exchange(ref _waiter, CreateWaiter());
        return IsClosing ? BpfWaitResult.Interrupted : _waiter!.Wait(timeout);
    }

    /// <summary>For the consumer: what to wait on without a thread. It is the caller's to dispose, after <see cref="EndAsync"/>.</summary>
    public StreamSignal BeginAsync()
    {
        StreamSignal signal = new(CreateWaiter());
        Interlocked.Exchange(ref _signal, signal);
        return signal;
    }

    public void EndAsync() => Volatile.Write(ref _signal, null);

    /// <summary>The descriptors that become readable when there is something.</summary>
    protected abstract ReadOnlySpan<SafeHandle> WaitHandles { get; }

    /// <summary>The stream is about to close; somebody may be reading it. Must not throw.</summary>
    protected virtual void OnClosing()
    {
    }

    /// <summary>Gives the stream's memory back. Nobody reads any more.</summary>
    protected abstract void Release();

    private BpfWaiter CreateWaiter()
    {
        int errno = Map.Host.CreateWaiter(WaitHandles, BpfReadiness.Readable, out BpfWaiter? waiter);
        return errno == Errno.Ok ? waiter! : throw Map.Failure(errno, "epoll_ctl");
    }

    /// <summary>When the stream is closing: gives everything back, once, unless somebody reads and will do it on leaving.</summary>
    private bool ReleaseIfIdle()
    {
        if (Interlocked.CompareExchange(ref _state, Closed, Idle) != Idle)
            return false;
        Release();
        _waiter?.Dispose();
        return true;
    }

    [DoesNotReturn]
    private void ThrowCannotEnter(int state)
    {
        // It was idle, so this call has entered; but nobody may any more.
        if (state == Idle)
            Leave();
        throw state == Busy && !IsClosing
            ? new InvalidOperationException($"Map {Map} is being read already: a stream has one consumer at a time, and a handler cannot read the stream that called it.")
            : new ObjectDisposedException(nameof(BpfMap), $"Map {Map} is disposed.");
    }
}
