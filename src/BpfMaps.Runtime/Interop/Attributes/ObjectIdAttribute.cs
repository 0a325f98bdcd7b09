using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_*_GET_NEXT_ID and BPF_*_GET_FD_BY_ID.</summary>
[StructLayout(LayoutKind.Explicit, Size = 12)]
internal struct ObjectIdAttribute
{
    /// <summary>BTF has no access modes: only the id is passed.</summary>
    public const uint BtfSize = 4;

    [FieldOffset(0)]
    public uint Id;

    [FieldOffset(4)]
    public uint NextId;

    [FieldOffset(8)]
    public uint OpenFlags;
}
