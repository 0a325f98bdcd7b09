using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_BTF_LOAD.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct BtfLoadAttribute
{
    public const uint UsedSize = 28;

    [FieldOffset(0)]
    public ulong Btf;

    [FieldOffset(8)]
    public ulong LogBuffer;

    [FieldOffset(16)]
    public uint BtfSize;

    [FieldOffset(20)]
    public uint LogSize;

    [FieldOffset(24)]
    public uint LogLevel;
}
