using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// libbpf's option structures begin with their size. Any library version accepts them if the fields that it does not know are zero.

/// <summary><c>struct bpf_kprobe_opts</c>, up to the kind of the probe.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KprobeOptions
{
    public nuint Size;
    public ulong Cookie;
    public nuint Offset;
    public byte OnReturn;
}
