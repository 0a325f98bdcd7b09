using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>BPF_LINK_CREATE. The fields after the flags depend on the attach type.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct LinkCreateAttribute
{
    /// <summary>The size up to the flags, for attach types without other fields.</summary>
    public const uint BaseSize = 16;

    /// <summary>The size with the anchor of tcx, netkit and cgroup links.</summary>
    public const uint AnchorSize = 32;

    /// <summary>BPF_STRUCT_OPS.</summary>
    public const int StructOps = 44;

    /// <summary>A program, or a map of type struct_ops.</summary>
    [FieldOffset(0)]
    public int Program;

    /// <summary>A descriptor, or the index of an interface.</summary>
    [FieldOffset(4)]
    public int Target;

    [FieldOffset(8)]
    public int AttachType;

    [FieldOffset(12)]
    public uint Flags;

    /// <summary>The descriptor or the id of the program or link that the position is relative to.</summary>
    [FieldOffset(16)]
    public uint Relative;

    [FieldOffset(24)]
    public ulong ExpectedRevision;

    /// <summary>The cookie of tracing programs.</summary>
    [FieldOffset(24)]
    public ulong Cookie;
}
