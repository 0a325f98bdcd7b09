namespace BpfMaps;

/// <summary>Specifies when a program that writes to or drains a ring wakes the waiters on the other side (<c>BPF_RB_*</c>).</summary>
[Flags]
public enum BpfRingFlags
{
    /// <summary>Wakes a reader if it had read everything before this record; wakes a writer if something was drained.</summary>
    None = 0,

    /// <summary>Wakes no waiter (BPF_RB_NO_WAKEUP). A reader that polls, or that starts to wait later, still sees the record.</summary>
    NoWakeup = 1,

    /// <summary>Wakes all waiters (BPF_RB_FORCE_WAKEUP).</summary>
    ForceWakeup = 2,
}
