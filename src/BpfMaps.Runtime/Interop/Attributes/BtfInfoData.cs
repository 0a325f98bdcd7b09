using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>The result of BPF_OBJ_GET_INFO_BY_FD for BTF (<c>struct bpf_btf_info</c>, its fields of Linux 4.18).</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct BtfInfoData
{
    [FieldOffset(0)]
    public ulong Btf;

    [FieldOffset(8)]
    public uint BtfSize;

    [FieldOffset(12)]
    public uint Id;
}
