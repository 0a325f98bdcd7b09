namespace BpfMaps.Generators.Model;

/// <summary>The size of ring buffers as loaders adjust it.</summary>
internal static class RingSize
{
    public const uint Largest = 1u << 31;

    public static bool IsExact(uint size) => size is >= MapLimits.SmallestPage and <= Largest && (size & (size - 1)) == 0;

    /// <summary>
    /// Gets the <c>max_entries</c> that a loader passes to the kernel. For rings, it is rounded up to a power of two of pages
    /// (adjust_ringbuf_sz in libbpf).
    /// </summary>
    public static uint Loaded(BpfMapType type, uint maxEntries) =>
        type is BpfMapType.RingBuf or BpfMapType.UserRingBuf ? RoundUp(maxEntries) : maxEntries;

    public static uint RoundUp(uint size)
    {
        uint rounded = MapLimits.SmallestPage;
        while (rounded < size && rounded < Largest)
            rounded <<= 1;
        return rounded;
    }
}
