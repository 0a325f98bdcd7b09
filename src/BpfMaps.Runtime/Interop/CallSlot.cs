using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Records the descriptor that the current system call of a thread uses, so that it is not closed during the call.</summary>
/// <remarks>
/// A reference count would do the same, but all threads that use a map would contend for its cache line at every call. Here a call costs
/// two plain stores to memory that only its own thread writes. The cost moves to the disposal of <see cref="BpfDescriptor"/>, which
/// interrupts every thread once (membarrier) and then reads all slots.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 2 * CacheLine)]
internal sealed class CallSlot
{
    private const long None = 0;
    private const int CacheLine = 64;

    [ThreadStatic]
    private static CallSlot? t_current;

    private static readonly Lock s_gate = new();
    private static readonly List<WeakReference<CallSlot>> s_slots = [];

    // Padded to a separate cache line.
    [FieldOffset(CacheLine)]
    private long _ticket = None;

    /// <summary>Gets the calling thread's slot.</summary>
    public static CallSlot Current => t_current ?? Register();

    /// <summary>Records that this thread is about to use the descriptor with this ticket.</summary>
    public void Enter(long ticket) => Volatile.Write(ref _ticket, ticket);

    /// <summary>Records that this thread no longer uses a descriptor.</summary>
    public void Leave() => Volatile.Write(ref _ticket, None);

    /// <summary>Returns whether any thread is inside a call with the descriptor that has this ticket.</summary>
    /// <remarks>
    /// The barrier makes the stores of every running thread visible: either this method sees the slot of a thread, or the thread sees what
    /// the caller wrote before. A thread that registers its slot later sees that too, because it has to take the lock.
    /// </remarks>
    public static bool IsInUse(long ticket)
    {
        if (!HasOtherThreads())
            return t_current?._ticket == ticket;
        Interlocked.MemoryBarrierProcessWide();
        lock (s_gate)
        {
            foreach (WeakReference<CallSlot> reference in s_slots)
            {
                if (reference.TryGetTarget(out CallSlot? slot) && Volatile.Read(ref slot._ticket) == ticket)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether other threads than this one have used descriptors.</summary>
    private static bool HasOtherThreads()
    {
        lock (s_gate)
        {
            foreach (WeakReference<CallSlot> reference in s_slots)
            {
                if (reference.TryGetTarget(out CallSlot? slot) && slot != t_current)
                    return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallSlot Register()
    {
        CallSlot slot = new();
        lock (s_gate)
        {
            // The slot of a thread that has ended no longer exists.
            s_slots.RemoveAll(static reference => !reference.TryGetTarget(out _));
            s_slots.Add(new WeakReference<CallSlot>(slot));
        }

        t_current = slot;
        return slot;
    }
}
