namespace BpfMaps;

/// <summary>The result of a wait.</summary>
internal enum BpfWaitResult
{
    /// <summary>The condition holds, or held a moment ago.</summary>
    Ready,

    /// <summary>The timeout elapsed.</summary>
    TimedOut,

    /// <summary><see cref="BpfWaiter.Interrupt"/> was called.</summary>
    Interrupted,
}
