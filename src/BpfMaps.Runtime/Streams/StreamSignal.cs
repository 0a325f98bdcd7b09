using System.Threading.Tasks.Sources;

namespace BpfMaps;

/// <summary>What an asynchronous reader awaits while its stream is empty: reusable, so that waiting allocates nothing.</summary>
/// <remarks>
/// Whoever turns "waiting" into "idle" completes the wait, so that of readiness, cancellation and disposal at once one counts. The reader goes on
/// on the thread pool: neither the epoll thread nor whoever cancels or disposes runs the code behind an await.
/// </remarks>
internal sealed class StreamSignal : IValueTaskSource, IThreadPoolWorkItem, IDisposable
{
    private const int Idle = 0;
    private const int Waiting = 1;

    private readonly BpfWaiter _waiter;
    private readonly Action _complete;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;
    private bool _isStopped;

    public StreamSignal(BpfWaiter waiter)
    {
        _waiter = waiter;
        _complete = Complete;
    }

    /// <summary>Begins to wait. The caller looks at the stream once more before it awaits, and calls <see cref="CompleteNow"/> if there is something.</summary>
    /// <returns>Done when there may be something to read, and when the signal is stopped.</returns>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        ValueTask wait = new(this, _core.Version);
        Interlocked.Exchange(ref _state, Waiting);
        if (Volatile.Read(ref _isStopped))
            Complete();
        else
            _waiter.Arm(_complete);
        return wait;
    }

    /// <summary>For the reader: ends the wait that it began and does not await yet.</summary>
    public void CompleteNow()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
            _core.SetResult(true);
    }

    /// <summary>Ends this wait and every later one.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isStopped, true);
        // The other half of the exchange in WaitAsync: either that sees the flag, or this sees the wait.
        Interlocked.MemoryBarrier();
        Complete();
    }

    public void Dispose() => _waiter.Dispose();

    void IThreadPoolWorkItem.Execute() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Ends the wait, if one is going on.</summary>
    private void Complete()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
