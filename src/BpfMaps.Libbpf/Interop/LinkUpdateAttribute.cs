using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>BPF_LINK_UPDATE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkUpdateAttribute
{
    /// <summary>BPF_F_REPLACE: the current program must be the expected one.</summary>
    public const uint Replace = 1 << 2;

    public int Link;

    /// <summary>A program, or a map of type struct_ops.</summary>
    public int New;

    public uint Flags;

    /// <summary>The expected program or map; only with <see cref="Replace"/>.</summary>
    public int Expected;
}
