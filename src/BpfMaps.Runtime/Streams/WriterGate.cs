using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>Lets one thread through at a time, for a few loads and stores that cannot throw.</summary>
/// <remarks>A <see cref="SpinLock"/> that knows nothing but that: entering is one exchange, leaving one store, and both are compiled into the caller.</remarks>
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
            // Looking takes nothing away from the thread inside; exchanging does.
            do
                wait.SpinOnce();
            while (Volatile.Read(ref _isTaken) != 0);
        }
        while (Interlocked.Exchange(ref _isTaken, 1) != 0);
    }
}
