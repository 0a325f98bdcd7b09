namespace BpfMaps;

/// <summary>The memory and the state of an open map, read from /proc/self/fdinfo.</summary>
public readonly struct BpfMapUsage
{
    internal BpfMapUsage(ulong memoryLocked, bool isFrozen) => (MemoryLocked, IsFrozen) = (memoryLocked, isFrozen);

    /// <summary>Gets the kernel memory of the map in bytes (<c>memlock</c>); an estimate for maps that allocate on demand.</summary>
    public ulong MemoryLocked { get; }

    /// <summary>Gets whether the map is frozen, so that user space cannot write to it (<c>frozen</c>, Linux 5.2).</summary>
    public bool IsFrozen { get; }
}
