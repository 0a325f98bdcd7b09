using System.Threading.Tasks.Sources;

namespace BpfMaps;

/// <summary>A reusable awaitable for asynchronous readers of an empty stream. Waiting allocates nothing.</summary>
/// <remarks>
/// The change from "waiting" to "idle" completes the wait, so that only one of concurrent readiness, cancellation and disposal takes
/// effect. The reader continues on the thread pool; threads that signal, cancel or dispose never run the code after the await.
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

    /// <summary>Gets whether the stream was closed, or the reader was canceled.</summary>
    public bool IsStopped => Volatile.Read(ref _isStopped);

    /// <summary>
    /// Starts a wait. The caller checks the stream once more before it awaits, and calls <see cref="CompleteNow"/> if there is a record.
    /// </summary>
    /// <returns>A task that completes when there may be a record, or when the signal is stopped.</returns>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        ValueTask wait = new(this, _core.Version);
        Interlocked.Exchange(ref _state, Waiting);
        if (IsStopped)
            Complete();
        else
            _waiter.Arm(_complete);
        return wait;
    }

    /// <summary>For the reader: ends the wait that it has not awaited yet.</summary>
    public void CompleteNow()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
            _core.SetResult(true);
    }

    /// <summary>Ends the current and all later waits.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isStopped, true);
        // Pairs with the exchange in WaitAsync: either that sees the flag, or this sees the wait.
        Interlocked.MemoryBarrier();
        Complete();
    }

    public void Dispose() => _waiter.Dispose();

    void IThreadPoolWorkItem.Execute() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Ends the wait, if there is one.</summary>
    private void Complete()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
