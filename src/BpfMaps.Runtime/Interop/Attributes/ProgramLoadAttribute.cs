using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// The members of `union bpf_attr`, one structure per group of commands. The kernel refuses non-zero bytes past the last field that
// a command uses (EINVAL) and past the attributes it knows (E2BIG): every structure is zeroed whole and is no longer than its last field.

/// <summary>BPF_PROG_LOAD. Older kernels get the part up to the attach type.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct ProgramLoadAttribute
{
    /// <summary>The size of the part up to <see cref="AttachType"/> (Linux 4.17).</summary>
    public const uint AttachTypeSize = 72;

    /// <summary>BPF_PROG_TYPE_SYSCALL.</summary>
    public const uint SyscallType = 31;

    /// <summary>BPF_F_SLEEPABLE, which programs of this type require.</summary>
    public const uint Sleepable = 1 << 4;

    [FieldOffset(0)]
    public uint ProgramType;

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
    public ulong LogBuffer;

    [FieldOffset(44)]
    public uint Flags;

    [FieldOffset(48)]
    public ObjectName Name;

    [FieldOffset(68)]
    public uint AttachType;

    [FieldOffset(72)]
    public int BtfFd;

    [FieldOffset(76)]
    public uint FunctionInfoSize;

    [FieldOffset(80)]
    public ulong FunctionInfo;

    [FieldOffset(88)]
    public uint FunctionInfoCount;

    /// <summary>An array of the descriptors that the instructions use (Linux 5.14).</summary>
    [FieldOffset(120)]
    public ulong Descriptors;
}
