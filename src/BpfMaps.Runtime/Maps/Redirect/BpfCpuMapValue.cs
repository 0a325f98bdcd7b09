using System.Diagnostics;

namespace BpfMaps;

/// <summary>The target of packets that are redirected to a CPU (<c>struct bpf_cpumap_val</c>).</summary>
[DebuggerDisplay("queue of {QueueSize}, program {ProgramId}")]
public readonly struct BpfCpuMapValue
{
    internal BpfCpuMapValue(int queueSize, uint programId) => (QueueSize, ProgramId) = (queueSize, programId);

    /// <summary>Gets the maximum number of packets that wait for the CPU.</summary>
    public int QueueSize { get; }

    /// <summary>Gets the id of the XDP program that is run on the packets (Linux 5.9), or 0.</summary>
    public uint ProgramId { get; }
}
