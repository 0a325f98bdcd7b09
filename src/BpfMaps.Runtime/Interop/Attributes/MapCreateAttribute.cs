using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_MAP_CREATE.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal struct MapCreateAttribute
{
    [FieldOffset(0)]
    public uint MapType;

    [FieldOffset(4)]
    public uint KeySize;

    [FieldOffset(8)]
    public uint ValueSize;

    [FieldOffset(12)]
    public uint MaxEntries;

    [FieldOffset(16)]
    public uint MapFlags;

    [FieldOffset(20)]
    public int InnerMapFd;

    [FieldOffset(24)]
    public uint NumaNode;

    [FieldOffset(28)]
    public ObjectName MapName;

    [FieldOffset(44)]
    public uint IfIndex;

    [FieldOffset(48)]
    public int BtfFd;

    [FieldOffset(52)]
    public uint BtfKeyTypeId;

    [FieldOffset(56)]
    public uint BtfValueTypeId;

    [FieldOffset(60)]
    public uint BtfVmlinuxValueTypeId;

    [FieldOffset(64)]
    public ulong MapExtra;

    [FieldOffset(72)]
    public int ValueTypeBtfObjFd;

    [FieldOffset(76)]
    public int MapTokenFd;

    /// <summary>
    /// Gets the bytes up to the last field that is set. A kernel older than a field takes the call as long as the field is not passed;
    /// zeroes
    /// past what it knows are tolerated, but a shorter size is what every kernel since 3.18 takes.
    /// </summary>
    public readonly uint UsedSize =>
        ValueTypeBtfObjFd != 0 || MapTokenFd != 0 ? 80u
        : MapExtra != 0 ? 72u
        : BtfFd != 0 || (BtfKeyTypeId | BtfValueTypeId | BtfVmlinuxValueTypeId) != 0 ? 64u
        : 48u;
}
