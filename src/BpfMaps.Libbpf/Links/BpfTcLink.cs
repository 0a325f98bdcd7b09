using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A traffic control filter. The kernel keeps it with the interface until it is detached.</summary>
internal sealed unsafe class BpfTcLink(TcHook hook, TcOptions attached) : BpfLink
{
    private protected override string WhyNotKernelLink =>
        "Traffic control filters (AttachTc) stay with the interface and cannot be updated; AttachTcx creates a link (Linux 6.6).";

    private protected override void Release()
    {
        // The kernel identifies the filter by handle and priority; the other fields must be zero to detach.
        TcHook place = hook;
        TcOptions filter = new()
        {
            Size = (nuint)sizeof(TcOptions),
            Handle = attached.Handle,
            Priority = attached.Priority,
        };
        nint placeAddress = (nint)(&place),
            filterAddress = (nint)(&filter);
        _ = Libbpf.Collect(() => Native.TcDetach((TcHook*)placeAddress, (TcOptions*)filterAddress), out _);
    }
}
