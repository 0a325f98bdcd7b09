namespace BpfMaps.InMemory;

/// <summary>Waits for rings: blocks a thread in <see cref="Wait"/>, or calls a callback after <see cref="Arm"/>.</summary>
internal sealed class RingWaiter : BpfWaiter, IThreadPoolWorkItem
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(int.MaxValue);

    // Guards the fields below; waiting threads block on it.
    private readonly object _gate = new();
    private readonly RingMap[] _rings;
    private readonly BpfReadiness _readiness;
    private Action? _callback;
    private bool _isNotified;
    private bool _isInterrupted;
    private bool _hasSeenOpenRecord;

    public RingWaiter(RingMap[] rings, BpfReadiness readiness)
    {
        _rings = rings;
        _readiness = readiness;
        foreach (RingMap ring in rings)
            ring.Add(this);
    }

    public override BpfWaitResult Wait(TimeSpan timeout)
    {
        Deadline deadline = new(timeout);
        lock (_gate)
        {
            while (true)
            {
                if (_isInterrupted)
                {
                    _isInterrupted = false;
                    return BpfWaitResult.Interrupted;
                }

                // Check after a timeout too: this finds a record that was written without a wake-up.
                if (TakeReadiness())
                    return BpfWaitResult.Ready;
                TimeSpan remaining = deadline.Remaining;
                if (remaining == TimeSpan.Zero)
                    return BpfWaitResult.TimedOut;
                Monitor.Wait(_gate, remaining == Timeout.InfiniteTimeSpan ? remaining : Sleepable(remaining));
            }
        }
    }

    public override void Interrupt()
    {
        lock (_gate)
        {
            _isInterrupted = true;
            Monitor.PulseAll(_gate);
        }
    }

    public override void Arm(Action callback)
    {
        lock (_gate)
        {
            _callback = callback;
            if (TakeReadiness())
                Fire();
        }
    }

    /// <summary>Called when the state of one of the rings has changed.</summary>
    /// <param name="onlyOfOpenRecord">Whether this concerns only waiters that saw an open record.</param>
    public void Notify(bool onlyOfOpenRecord)
    {
        lock (_gate)
        {
            if (onlyOfOpenRecord && !_hasSeenOpenRecord)
                return;
            _isNotified = true;
            Monitor.PulseAll(_gate);
            if (_callback is not null && TakeReadiness())
                Fire();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Action? callback;
        lock (_gate)
        {
            callback = _callback;
            _callback = null;
        }

        callback?.Invoke();
    }

    protected override void Dispose(bool disposing)
    {
        foreach (RingMap ring in _rings)
            ring.Remove(this);
        lock (_gate)
            _callback = null;
    }

    private static TimeSpan Sleepable(TimeSpan time) =>
        time < s_shortest ? s_shortest
        : time > s_longest ? s_longest
        : time;

    // The continuation of a wait must not run on the thread that simulates the program, which may hold locks.
    private void Fire() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>
    /// Returns whether the condition holds. Data to read stays signaled until it is read; consumed space is signaled once.
    /// </summary>
    private bool TakeReadiness()
    {
        if (_readiness == BpfReadiness.Writable)
        {
            if (!_isNotified)
                return false;
            _isNotified = false;
        }

        _hasSeenOpenRecord = false;
        foreach (RingMap ring in _rings)
        {
            if (ring.IsReady(_readiness))
                return true;
            _hasSeenOpenRecord |= ring.HasReserved;
        }

        return false;
    }
}
