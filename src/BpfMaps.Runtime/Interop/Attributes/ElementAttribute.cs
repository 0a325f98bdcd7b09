using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_MAP_*_ELEM, BPF_MAP_GET_NEXT_KEY and, with the descriptor alone, BPF_MAP_FREEZE.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal unsafe struct ElementAttribute
{
    public const uint FreezeSize = 4;
    public const uint DeleteSize = 16;
    public const uint NextKeySize = 24;

    [FieldOffset(0)]
    public uint MapFd;

    [FieldOffset(8)]
    public ulong Key;

    [FieldOffset(16)]
    public ulong ValueOrNextKey;

    [FieldOffset(24)]
    public ulong Flags;

    public ElementAttribute(int mapFd, byte* key, byte* valueOrNextKey, ulong flags)
    {
        this = default;
        MapFd = (uint)mapFd;
        Key = (ulong)key;
        ValueOrNextKey = (ulong)valueOrNextKey;
        Flags = flags;
    }
}
