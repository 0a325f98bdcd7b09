using System.Runtime.InteropServices;
using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

/// <summary>A link owned by libbpf. Before Linux 5.15, some have a perf event instead of a kernel link.</summary>
internal sealed class BpfNativeLink : BpfLink
{
    private readonly nint _link;
    private readonly SafeFileHandle? _descriptor;

    public BpfNativeLink(nint link)
    {
        _link = link;
        int descriptor = Native.LinkDescriptor(link);
        // Some kinds have no descriptor and leave it 0.
        if (descriptor >= 0 && DescriptorKinds.IsLink(ProcFs.DescriptorKind(descriptor)))
            _descriptor = new SafeFileHandle(descriptor, ownsHandle: false);
    }

    private protected override SafeHandle? Handle => _descriptor;

    private protected override string WhyNotKernelLink =>
        "Attachments to kprobes, uprobes, tracepoints and perf events are kernel links on Linux 5.15 and later, to struct_ops maps with "
        + $"BPF_F_LINK on 6.4 and later (this is {Environment.OSVersion.Version}); static probes (USDT) are groups of links.";

    private protected override void Release()
    {
        _descriptor?.Dispose();
        _ = Native.LinkDestroy(_link);
    }
}
