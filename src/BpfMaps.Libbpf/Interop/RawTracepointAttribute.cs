using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>BPF_RAW_TRACEPOINT_OPEN with a cookie (Linux 6.10).</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct RawTracepointAttribute
{
    [FieldOffset(0)]
    public ulong Name;

    [FieldOffset(8)]
    public int Program;

    [FieldOffset(16)]
    public ulong Cookie;
}
