using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// libbpf's option structures begin with their size. Any library version accepts them if the fields that it does not know are zero.

/// <summary><c>struct bpf_uprobe_opts</c>, up to the function's name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UprobeOptions
{
    public nuint Size;
    public nuint ReferenceCounterOffset;
    public ulong Cookie;
    public byte OnReturn;
    public byte* FunctionName;
}
