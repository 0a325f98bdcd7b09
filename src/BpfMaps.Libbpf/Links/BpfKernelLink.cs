using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A kernel link that this process created without libbpf, or opened.</summary>
internal sealed class BpfKernelLink(OwnedDescriptor descriptor) : BpfLink
{
    private protected override SafeHandle Handle => descriptor;

    private protected override void Release() => descriptor.Dispose();
}
