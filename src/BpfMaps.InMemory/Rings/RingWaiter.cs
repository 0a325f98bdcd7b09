namespace BpfMaps.InMemory;

/// <summary>Waits for rings: a thread in <see cref="Wait"/>, or nobody until the callback of <see cref="Arm"/>.</summary>
internal sealed class RingWaiter : BpfWaiter, IThreadPoolWorkItem
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(int.MaxValue);

    // Guards what follows, and is what threads sleep on.
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

                // Also when the time is over: a record that was written without a wake-up is found now.
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

    /// <summary>Something happened to one of the rings.</summary>
    /// <param name="onlyOfOpenRecord">It concerns only those who have seen an open record.</param>
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

    private static TimeSpan Sleepable(TimeSpan time) => time < s_shortest ? s_shortest : time > s_longest ? s_longest : time;

    // The code behind a wait is not for the thread that plays the program, which may hold locks of its own.
    private void Fire() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Whether what is waited for is there. That there is something to read holds for as long as there is; that something was read is taken once.</summary>
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
