using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>BPF_LINK_CREATE for iterators.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct IteratorAttribute
{
    /// <summary>BPF_TRACE_ITER.</summary>
    public const int Type = 28;

    /// <summary>The size with information about the target.</summary>
    public const uint FullSize = 28;

    [FieldOffset(0)]
    public int Program;

    [FieldOffset(8)]
    public int AttachType;

    /// <summary>The address of an <see cref="IteratorTarget"/>, or 0.</summary>
    [FieldOffset(16)]
    public ulong Target;

    [FieldOffset(24)]
    public uint TargetSize;
}
