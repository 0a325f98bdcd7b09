using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Owns a descriptor of a BPF object, and prevents the reuse of its number while a system call may still use it.</summary>
/// <remarks>
/// System calls are enclosed in <see cref="TryEnter"/> and <see cref="Leave"/>. Disposing during calls of other threads is safe: the last
/// of them closes the descriptor. Other code gets the usual protection of <see cref="SafeHandle"/>.
/// </remarks>
internal sealed class BpfDescriptor : SafeHandle
{
    private static long s_lastTicket;

    // Slots contain this ticket instead of the number. Otherwise a late call to a disposed map, whose number has been reused, would look
    // like a call to the new map and keep its descriptor open forever.
    private readonly long _ticket = Interlocked.Increment(ref s_lastTicket);

    private bool _released;
    private int _closed;

    public BpfDescriptor(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <summary>Begins a system call. After success, call <see cref="Leave"/> on the same thread.</summary>
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

        // The finalizer must not run before this point, even if the caller has no reference to the map.
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
