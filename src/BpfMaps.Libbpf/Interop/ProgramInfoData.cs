using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary><c>struct bpf_prog_info</c>, up to the number of verified instructions. Older kernels fill a shorter part.</summary>
[StructLayout(LayoutKind.Explicit, Size = 224)]
internal struct ProgramInfoData
{
    [FieldOffset(0)]
    public uint Type;

    [FieldOffset(4)]
    public uint Id;

    [FieldOffset(8)]
    public ProgramTag Tag;

    [FieldOffset(20)]
    public uint TranslatedLength;

    /// <summary>In nanoseconds of CLOCK_BOOTTIME.</summary>
    [FieldOffset(40)]
    public ulong LoadTime;

    [FieldOffset(48)]
    public uint UserId;

    [FieldOffset(52)]
    public uint MapIdCount;

    [FieldOffset(56)]
    public ulong MapIds;

    [FieldOffset(64)]
    public ObjectName Name;

    [FieldOffset(80)]
    public uint InterfaceIndex;

    /// <summary>The id of the program's BTF, or 0.</summary>
    [FieldOffset(128)]
    public uint BtfId;

    [FieldOffset(132)]
    public uint FunctionInfoSize;

    [FieldOffset(136)]
    public ulong FunctionInfo;

    [FieldOffset(144)]
    public uint FunctionInfoCount;

    [FieldOffset(192)]
    public ulong RunTimeNanoseconds;

    [FieldOffset(200)]
    public ulong RunCount;

    /// <summary>The tag: a hash of the instructions.</summary>
    [InlineArray(8)]
    internal struct ProgramTag
    {
        private byte _first;
    }
}
