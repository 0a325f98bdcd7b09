using System.Diagnostics;

namespace BpfMaps;

/// <summary>The end of a wait with several steps.</summary>
internal readonly struct Deadline
{
    private readonly TimeSpan _timeout;
    private readonly long _start;

    /// <param name="timeout">The longest time to wait from now; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public Deadline(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        _timeout = timeout;
        _start = timeout > TimeSpan.Zero ? Stopwatch.GetTimestamp() : 0;
    }

    /// <summary>Gets the remaining time, not negative; <see cref="Timeout.InfiniteTimeSpan"/> if there is no limit.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (_timeout == Timeout.InfiniteTimeSpan)
                return _timeout;
            TimeSpan left = _timeout - Stopwatch.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
