using System.Net.Sockets;
using BpfMaps.Interop;

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
    public virtual void Pin(string path) => throw new NotSupportedException("Only links of the kernel's can be pinned; traffic control and socket filters are none.");

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

/// <summary>A link that libbpf keeps.</summary>
internal sealed class BpfNativeLink(nint link) : BpfLink
{
    public override void Pin(string path)
    {
        CheckAlive();
        _ = Call.Number($"Pinning a link at '{path}'", "bpf_link__pin", () => Native.LinkPin(link, path));
    }

    private protected override void Detach() => _ = Native.LinkDestroy(link);
}

/// <summary>A traffic control filter: the kernel keeps it with the interface until it is taken away.</summary>
internal sealed unsafe class BpfTcLink(TcHook hook, TcOptions attached) : BpfLink
{
    private protected override void Detach()
    {
        // The kernel names the filter by handle and priority; the other fields must be zero to detach.
        TcHook place = hook;
        TcOptions filter = new() { Size = (nuint)sizeof(TcOptions), Handle = attached.Handle, Priority = attached.Priority };
        nint placeAddress = (nint)(&place), filterAddress = (nint)(&filter);
        _ = Libbpf.Collect(() => Native.TcDetach((TcHook*)placeAddress, (TcOptions*)filterAddress), out _);
    }
}

/// <summary>A socket's filter.</summary>
internal sealed unsafe class BpfSocketLink(Socket socket, int level, int detach) : BpfLink
{
    private protected override void Detach()
    {
        int none = 0;
        if (!socket.SafeHandle.IsClosed)
            _ = Native.SetSocketOption((int)socket.Handle, level, detach, &none, sizeof(int));
    }
}
