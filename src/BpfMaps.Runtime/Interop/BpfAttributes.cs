using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_MAP_CREATE.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal struct MapCreateAttribute
{
    [FieldOffset(0)] public uint MapType;
    [FieldOffset(4)] public uint KeySize;
    [FieldOffset(8)] public uint ValueSize;
    [FieldOffset(12)] public uint MaxEntries;
    [FieldOffset(16)] public uint MapFlags;
    [FieldOffset(20)] public int InnerMapFd;
    [FieldOffset(24)] public uint NumaNode;
    [FieldOffset(28)] public ObjectName MapName;
    [FieldOffset(44)] public uint IfIndex;
    [FieldOffset(48)] public int BtfFd;
    [FieldOffset(52)] public uint BtfKeyTypeId;
    [FieldOffset(56)] public uint BtfValueTypeId;
    [FieldOffset(60)] public uint BtfVmlinuxValueTypeId;
    [FieldOffset(64)] public ulong MapExtra;
    [FieldOffset(72)] public int ValueTypeBtfObjFd;
    [FieldOffset(76)] public int MapTokenFd;

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

/// <summary>The name of a BPF object: 15 bytes and a NUL (BPF_OBJ_NAME_LEN).</summary>
[InlineArray(Length)]
internal struct ObjectName
{
    public const int Length = 16;
    private byte _first;
}

/// <summary>BPF_MAP_*_ELEM, BPF_MAP_GET_NEXT_KEY and, with the descriptor alone, BPF_MAP_FREEZE.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal unsafe struct ElementAttribute
{
    public const uint FreezeSize = 4;
    public const uint DeleteSize = 16;
    public const uint NextKeySize = 24;

    [FieldOffset(0)] public uint MapFd;
    [FieldOffset(8)] public ulong Key;
    [FieldOffset(16)] public ulong ValueOrNextKey;
    [FieldOffset(24)] public ulong Flags;

    public ElementAttribute(int mapFd, byte* key, byte* valueOrNextKey, ulong flags)
    {
        this = default;
        MapFd = (uint)mapFd;
        Key = (ulong)key;
        ValueOrNextKey = (ulong)valueOrNextKey;
        Flags = flags;
    }
}

/// <summary>BPF_MAP_*_BATCH.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct BatchAttribute
{
    [FieldOffset(0)] public ulong InBatch;
    [FieldOffset(8)] public ulong OutBatch;
    [FieldOffset(16)] public ulong Keys;
    [FieldOffset(24)] public ulong Values;
    [FieldOffset(32)] public uint Count;
    [FieldOffset(36)] public uint MapFd;
    [FieldOffset(40)] public ulong ElementFlags;
    [FieldOffset(48)] public ulong Flags;
}

/// <summary>BPF_OBJ_PIN and BPF_OBJ_GET.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct ObjectPathAttribute
{
    [FieldOffset(0)] public ulong PathName;
    [FieldOffset(8)] public uint BpfFd;
    [FieldOffset(12)] public uint FileFlags;
}

/// <summary>BPF_OBJ_PIN and BPF_OBJ_GET with a path that begins at a descriptor (Linux 6.5).</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct ObjectPathAtAttribute
{
    /// <summary>The last field ends here; the structure is aligned.</summary>
    public const uint UsedSize = 20;

    [FieldOffset(0)] public ObjectPathAttribute Path;
    [FieldOffset(16)] public int PathFd;
}

/// <summary>BPF_*_GET_NEXT_ID and BPF_*_GET_FD_BY_ID.</summary>
[StructLayout(LayoutKind.Explicit, Size = 12)]
internal struct ObjectIdAttribute
{
    /// <summary>BTF has no access modes: only the id is passed.</summary>
    public const uint BtfSize = 4;

    [FieldOffset(0)] public uint Id;
    [FieldOffset(4)] public uint NextId;
    [FieldOffset(8)] public uint OpenFlags;
}

/// <summary>BPF_OBJ_GET_INFO_BY_FD.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct ObjectInfoAttribute
{
    [FieldOffset(0)] public uint BpfFd;
    [FieldOffset(4)] public uint InfoLength;
    [FieldOffset(8)] public ulong Info;
}

/// <summary>The result of BPF_OBJ_GET_INFO_BY_FD for BTF (<c>struct bpf_btf_info</c>, its fields of Linux 4.18).</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct BtfInfoData
{
    [FieldOffset(0)] public ulong Btf;
    [FieldOffset(8)] public uint BtfSize;
    [FieldOffset(12)] public uint Id;
}

/// <summary>BPF_BTF_LOAD.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct BtfLoadAttribute
{
    public const uint UsedSize = 28;

    [FieldOffset(0)] public ulong Btf;
    [FieldOffset(8)] public ulong LogBuffer;
    [FieldOffset(16)] public uint BtfSize;
    [FieldOffset(20)] public uint LogSize;
    [FieldOffset(24)] public uint LogLevel;
}
