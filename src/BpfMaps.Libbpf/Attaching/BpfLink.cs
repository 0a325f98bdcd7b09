namespace BpfMaps;

/// <summary>A program's place in the kernel. Disposing detaches the program; so does the end of the process, unless the link is pinned.</summary>
public abstract class BpfLink : IDisposable
{
    private int _isDisposed;

    private protected BpfLink()
    {
    }

    /// <summary>Gives the link a name in a BPF file system: the program stays attached without the process (Linux 5.7).</summary>
    /// <param name="path">The name.</param>
    /// <exception cref="NotSupportedException">This kind of attachment is no link of the kernel's.</exception>
    /// <exception cref="BpfObjectException">The kernel refused.</exception>
    public virtual void Pin(string path) => throw new NotSupportedException("Only links of the kernel's can be pinned; what is attached to sockets, maps of sockets, traffic control and the CPUs' clocks is none.");

    /// <summary>Detaches the program, unless the link is pinned.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        Detach();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Detach();

    private protected void CheckAlive() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
}
