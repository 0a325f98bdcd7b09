namespace BpfMaps;

/// <summary>What a waiter waits for.</summary>
internal enum BpfReadiness
{
    /// <summary>There is something to read. Holds for as long as there is.</summary>
    Readable,

    /// <summary>
    /// Something was read by the other side, so that there may be room. Comes once per reading, not for as long as there is room: room
    /// alone says nothing about whether a certain record fits.
    /// </summary>
    Writable,
}

/// <summary>How a wait ended.</summary>
internal enum BpfWaitResult
{
    /// <summary>What was waited for is there, or was a moment ago.</summary>
    Ready,

    /// <summary>The time is over.</summary>
    TimedOut,

    /// <summary><see cref="BpfWaiter.Interrupt"/> was called.</summary>
    Interrupted,
}

/// <summary>Waits for streams of a host, blocking a thread or none. For those who implement a <see cref="BpfHost"/>; users of maps never see one.</summary>
/// <remarks>
/// It lives longer than the handles it was made for, if need be: waiting for something that was disposed ends with the time or with
/// <see cref="Interrupt"/>. One thread waits or arms at a time; <see cref="Interrupt"/> may come from any thread, also after the disposal.
/// </remarks>
internal abstract class BpfWaiter : IDisposable
{
    /// <summary>Blocks the calling thread until there is something, the time is over or another thread interrupts.</summary>
    /// <param name="timeout">How long; <see cref="Timeout.InfiniteTimeSpan"/> is forever.</param>
    /// <exception cref="BpfException">Waiting itself failed: no memory, no descriptors left.</exception>
    public abstract BpfWaitResult Wait(TimeSpan timeout);

    /// <summary>Ends the running <see cref="Wait"/>, or the next one if none is running.</summary>
    public abstract void Interrupt();

    /// <summary>
    /// Asks for one call of <paramref name="callback"/> when there is something, at once if there is already. The call comes on another thread, where
    /// it must neither block nor throw, and it may come for nothing: look again, and arm again. Arming anew takes the place of the call that has not come yet.
    /// </summary>
    /// <param name="callback">What to call.</param>
    /// <exception cref="BpfException">Waiting itself failed: no memory, no descriptors left.</exception>
    public abstract void Arm(Action callback);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the waiter holds. No thread waits.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> is the caller.</param>
    protected abstract void Dispose(bool disposing);
}
