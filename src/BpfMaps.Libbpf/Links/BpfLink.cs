namespace BpfMaps;

/// <summary>
/// An attachment of a program in the kernel. Disposing the link, or ending the process, detaches the program unless the link is pinned.
/// </summary>
public abstract class BpfLink : IDisposable
{
    private int _isDisposed;

    private protected BpfLink() { }

    /// <summary>Pins the link at a path in a BPF file system, so that the program stays attached without the process (Linux 5.7).</summary>
    /// <param name="path">The path of the pin.</param>
    /// <exception cref="NotSupportedException">This attachment is not a kernel link.</exception>
    /// <exception cref="BpfObjectException">The kernel rejected the operation.</exception>
    public virtual void Pin(string path) =>
        throw new NotSupportedException(
            "Only kernel links can be pinned; attachments to sockets, socket maps, traffic control and CPU clocks are not kernel links."
        );

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
