using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_OBJ_PIN and BPF_OBJ_GET.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct ObjectPathAttribute
{
    [FieldOffset(0)]
    public ulong PathName;

    [FieldOffset(8)]
    public uint BpfFd;

    [FieldOffset(12)]
    public uint FileFlags;
}
