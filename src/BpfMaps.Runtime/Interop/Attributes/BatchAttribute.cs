using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_MAP_*_BATCH.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct BatchAttribute
{
    [FieldOffset(0)]
    public ulong InBatch;

    [FieldOffset(8)]
    public ulong OutBatch;

    [FieldOffset(16)]
    public ulong Keys;

    [FieldOffset(24)]
    public ulong Values;

    [FieldOffset(32)]
    public uint Count;

    [FieldOffset(36)]
    public uint MapFd;

    [FieldOffset(40)]
    public ulong ElementFlags;

    [FieldOffset(48)]
    public ulong Flags;
}
