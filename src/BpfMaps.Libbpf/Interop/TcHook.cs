using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// libbpf's option structures begin with their size. Any library version accepts them if the fields that it does not know are zero.

/// <summary><c>struct bpf_tc_hook</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcHook
{
    public nuint Size;
    public int InterfaceIndex;
    public int AttachPoint;
    public uint Parent;
    private readonly uint _padding;
}
