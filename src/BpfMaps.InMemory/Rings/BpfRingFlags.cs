namespace BpfMaps;

/// <summary>When a program that writes to a ring, or drains one, wakes whoever waits at the other end (<c>BPF_RB_*</c>).</summary>
[Flags]
public enum BpfRingFlags
{
    /// <summary>A reader is woken if it had read everything before this record; a writer if something was drained.</summary>
    None = 0,

    /// <summary>Nobody is woken (BPF_RB_NO_WAKEUP). Who looks without waiting, or begins to wait later, sees the record all the same.</summary>
    NoWakeup = 1,

    /// <summary>Everybody who waits is woken (BPF_RB_FORCE_WAKEUP).</summary>
    ForceWakeup = 2,
}
