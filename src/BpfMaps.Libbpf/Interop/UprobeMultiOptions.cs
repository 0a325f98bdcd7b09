using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// libbpf's option structures begin with their size. Any library version accepts them if the fields that it does not know are zero.

/// <summary><c>struct bpf_uprobe_multi_opts</c>, up to the kind of the probes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UprobeMultiOptions
{
    public nuint Size;
    public byte** Functions;
    public nuint* Offsets;
    public nuint* ReferenceCounterOffsets;
    public ulong* Cookies;
    public nuint Count;
    public byte OnReturn;
}
