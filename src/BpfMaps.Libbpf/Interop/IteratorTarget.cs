using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary><c>union bpf_iter_link_info</c>: the fields of the member that the iterator needs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IteratorTarget
{
    /// <summary>The size of a union with a map only, as kernels before 5.19 know it.</summary>
    public const uint MapSize = 4;

    /// <summary>The descriptor of a map; the order of control groups; the id of a thread.</summary>
    public uint First;

    /// <summary>The descriptor of a control group; the id of a process.</summary>
    public uint Second;

    public ulong Third;
}
