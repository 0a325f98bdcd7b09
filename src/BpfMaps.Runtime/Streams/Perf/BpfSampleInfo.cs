using System.Diagnostics;

namespace BpfMaps;

/// <summary>The CPU and the time at which a program wrote a sample.</summary>
[DebuggerDisplay("CPU {Cpu}, {TimestampNanoseconds} ns")]
public readonly struct BpfSampleInfo
{
    internal BpfSampleInfo(int cpu, long timestampNanoseconds) => (Cpu, TimestampNanoseconds) = (cpu, timestampNanoseconds);

    /// <summary>Gets the CPU that the program ran on.</summary>
    public int Cpu { get; }

    /// <summary>
    /// Gets the time in nanoseconds since the machine started, without sleep: CLOCK_MONOTONIC, comparable with <c>bpf_ktime_get_ns</c>.
    /// </summary>
    public long TimestampNanoseconds { get; }
}
