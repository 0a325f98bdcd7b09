using BpfMaps;

namespace SyscallTop;

// The maps of bpf/syscalls.bpf.c in C#. A field whose offset differs from the C struct is a compile error.

/// <summary>Number and total duration of a system call in one process.</summary>
[BpfMap(Type = BpfMapType.PerCpuHash, Name = "calls", Object = "syscalls.bpf.o")]
internal struct CallStats
{
    public ulong Calls;
    public ulong Nanoseconds;

    public struct Key
    {
        public uint ProcessId;
        public uint Number;
    }
}

/// <summary>Histogram of durations: slot i counts calls of 2^i to 2^(i+1) - 1 ns.</summary>
[BpfMap(Type = BpfMapType.PerCpuArray, Name = "latency", Object = "syscalls.bpf.o", MaxEntries = 1)]
internal struct Latency
{
    public const int SlotCount = 32;

    public Slots Counts;

    [System.Runtime.CompilerServices.InlineArray(SlotCount)]
    public struct Slots
    {
        private ulong _first;
    }
}

/// <summary>A process that made a system call.</summary>
[BpfMap(Type = BpfMapType.LruHash, Name = "processes", Object = "syscalls.bpf.o", Key = typeof(uint))]
internal struct SeenProcess
{
    public ulong FirstSeen;
    public BpfText<Bytes16> Command;
}
