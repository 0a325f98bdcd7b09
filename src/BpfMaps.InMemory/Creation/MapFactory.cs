namespace BpfMaps.InMemory;

/// <summary>Makes maps that the rules allow.</summary>
internal static class MapFactory
{
    /// <summary>Whether there are maps of a kind.</summary>
    public static bool Has(BpfMapType type) => type is BpfMapType.Hash or BpfMapType.PerCpuHash or BpfMapType.RingBuf or BpfMapType.UserRingBuf;

    public static InMemoryMap Create(MapShape shape, HostTables tables, ulong seed) => shape.Type switch
    {
        BpfMapType.RingBuf => new RingBufferMap(shape, tables),
        BpfMapType.UserRingBuf => new UserRingMap(shape, tables),
        _ => new HashMap(shape, tables, seed),
    };
}
