using BpfMaps;

namespace Types;

/// <summary>Number and time of the system calls of a process.</summary>
[BpfMap(Type = BpfMapType.LruHash, Key = typeof(uint), MaxEntries = 8192)]
public struct CallStats
{
    public ulong Count;

    /// <summary>Time of the last call in nanoseconds since boot.</summary>
    public ulong Last;

    public BpfText<Bytes16> Command;
}
