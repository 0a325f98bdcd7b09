using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>BPF_LINK_CREATE for many kernel functions.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct KprobeMultiAttribute
{
    /// <summary>BPF_TRACE_KPROBE_MULTI.</summary>
    public const int Type = 42;

    /// <summary>BPF_F_KPROBE_MULTI_RETURN.</summary>
    public const uint OnReturn = 1;

    [FieldOffset(0)]
    public int Program;

    [FieldOffset(8)]
    public int AttachType;

    [FieldOffset(16)]
    public uint Flags;

    [FieldOffset(20)]
    public uint Count;

    /// <summary>The addresses of the names.</summary>
    [FieldOffset(24)]
    public ulong Symbols;

    [FieldOffset(40)]
    public ulong Cookies;
}
