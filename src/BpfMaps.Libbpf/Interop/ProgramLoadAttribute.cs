using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>BPF_PROG_LOAD, up to the attach type (Linux 4.17).</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct ProgramLoadAttribute
{
    [FieldOffset(0)]
    public uint Type;

    [FieldOffset(4)]
    public uint InstructionCount;

    [FieldOffset(8)]
    public ulong Instructions;

    [FieldOffset(16)]
    public ulong License;

    [FieldOffset(24)]
    public uint LogLevel;

    [FieldOffset(28)]
    public uint LogSize;

    [FieldOffset(32)]
    public ulong Log;

    [FieldOffset(44)]
    public uint Flags;

    [FieldOffset(68)]
    public uint AttachType;
}
