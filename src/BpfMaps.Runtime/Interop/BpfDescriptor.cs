using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Owns one descriptor of a BPF object, and keeps its number from being reused while a system call may still carry it.</summary>
/// <remarks>
/// Calls go through <see cref="TryEnter"/> and <see cref="Leave"/>. Disposing while other threads are inside calls is safe: the last of
/// them closes the descriptor. Foreign code gets the usual <see cref="SafeHandle"/> protection.
/// </remarks>
internal sealed class BpfDescriptor : SafeHandle
{
    private static long s_lastTicket;

    // Slots hold this and not the number: a late call to a disposed map, whose number belongs to another one by now, must not look like a
    // call to that one. It would leave its descriptor open forever.
    private readonly long _ticket = Interlocked.Increment(ref s_lastTicket);

    private bool _released;
    private int _closed;

    public BpfDescriptor(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <summary>Begins a system call. Every success is paired with <see cref="Leave"/>, on the same thread.</summary>
    /// <returns><see langword="false"/> if the descriptor is disposed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter(CallSlot slot, out int descriptor)
    {
        descriptor = (int)handle;
        slot.Enter(_ticket);
        if (!IsClosed)
            return true;

        Leave(slot);
        return false;
    }

    /// <summary>Ends a system call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(CallSlot slot)
    {
        slot.Leave();
        if (Volatile.Read(ref _released))
            CloseUnlessInUse();

        // Until here the finalizer must not run, also if the caller forgot the map.
        GC.KeepAlive(this);
    }

    protected override bool ReleaseHandle()
    {
        Volatile.Write(ref _released, true);
        CloseUnlessInUse();
        return true;
    }

    private void CloseUnlessInUse()
    {
        if (Volatile.Read(ref _closed) == 0 && !CallSlot.IsInUse(_ticket) && Interlocked.Exchange(ref _closed, 1) == 0)
            _ = Libc.Close((int)handle); // Linux frees the number even if close fails.
    }
}
