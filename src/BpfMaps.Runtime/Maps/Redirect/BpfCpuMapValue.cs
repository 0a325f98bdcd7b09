namespace BpfMaps;

/// <summary>The target of packets that are redirected to a CPU (<c>struct bpf_cpumap_val</c>).</summary>
public readonly struct BpfCpuMapValue
{
    internal BpfCpuMapValue(int queueSize, uint programId) => (QueueSize, ProgramId) = (queueSize, programId);

    /// <summary>Gets the maximum number of packets that wait for the CPU.</summary>
    public int QueueSize { get; }

    /// <summary>Gets the id of the XDP program that is run on the packets (Linux 5.9); 0 if there is none.</summary>
    public uint ProgramId { get; }

    /// <summary>Returns both values as text, for messages.</summary>
    public override string ToString() => $"queue of {QueueSize}, program {ProgramId}";
}
