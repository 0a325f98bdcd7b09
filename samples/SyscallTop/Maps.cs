using BpfMaps;

namespace SyscallTop;

// The C# side of the maps in bpf/syscalls.bpf.c. A field that does not stand where it stands there is an error here, at compile time.

/// <summary>How often a process made a system call, and how long it was inside.</summary>
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

/// <summary>How long system calls took: slot i counts those of 2^i to 2^(i+1) - 1 ns.</summary>
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

/// <summary>A process that was seen.</summary>
[BpfMap(Type = BpfMapType.LruHash, Name = "processes", Object = "syscalls.bpf.o", Key = typeof(uint))]
internal struct SeenProcess
{
    public ulong FirstSeen;
    public BpfText<Bytes16> Command;
}
