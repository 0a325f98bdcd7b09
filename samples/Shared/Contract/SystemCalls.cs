using BpfMaps;

namespace Contract;

/// <summary>Number and time of the system calls of a process.</summary>
[BpfMap(Type = BpfMapType.LruHash, MaxEntries = 8192)]
public struct SystemCalls
{
    /// <summary>A process, and how its calls ended.</summary>
    public struct Key
    {
        public uint ProcessId;
        public Outcome Outcome;
    }

    public ulong Count;

    /// <summary>Time of the last call in nanoseconds since boot.</summary>
    public ulong Last;

    /// <summary>Name of the thread that made the last call.</summary>
    public BpfText<Bytes16> Command;
}
