namespace BpfMaps;

/// <summary>Waits for streams of a host, with or without blocking a thread.</summary>
/// <remarks>
/// It may outlive its handles: waiting for a disposed stream ends with the timeout or with <see cref="Interrupt"/>. Only one thread may
/// wait or arm at a time. <see cref="Interrupt"/> may be called from any thread, even after the disposal.
/// </remarks>
internal abstract class BpfWaiter : IDisposable
{
    /// <summary>Blocks the calling thread until the condition holds, the timeout elapses, or another thread interrupts.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <exception cref="BpfException">Waiting failed: no memory or no descriptors left.</exception>
    public abstract BpfWaitResult Wait(TimeSpan timeout);

    /// <summary>Ends the running <see cref="Wait"/>, or the next one if none is running.</summary>
    public abstract void Interrupt();

    /// <summary>
    /// Requests one call of <paramref name="callback"/> when the condition holds, immediately if it already does. The callback runs on
    /// another thread and must not block or throw. It may run although the condition does not hold: check, and arm again. Arming again
    /// replaces a pending request.
    /// </summary>
    /// <param name="callback">The method to call.</param>
    /// <exception cref="BpfException">Waiting failed: no memory or no descriptors left.</exception>
    public abstract void Arm(Action callback);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the resources of the waiter. No thread is waiting.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> is the caller.</param>
    protected abstract void Dispose(bool disposing);
}
