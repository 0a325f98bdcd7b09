using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>A lock for a few loads and stores that cannot throw.</summary>
/// <remarks>A minimal <see cref="SpinLock"/>: entering is one exchange, leaving is one store, and both are inlined.</remarks>
internal struct WriterGate
{
    private int _isTaken;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            EnterLate();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit() => Volatile.Write(ref _isTaken, 0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterLate()
    {
        SpinWait wait = default;
        do
        {
            // Loads do not take the cache line from the thread inside; exchanges do.
            do wait.SpinOnce();
            while (Volatile.Read(ref _isTaken) != 0);
        } while (Interlocked.Exchange(ref _isTaken, 1) != 0);
    }
}
